"""Every room's models, so that Django finds them under one app label."""

from restitution.engagement.models import *  # noqa: F403
from restitution.feuilles.models import *  # noqa: F403
from restitution.national.models import *  # noqa: F403
from restitution.suivi.models import *  # noqa: F403
