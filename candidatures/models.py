"""Every room's models, so that Django finds them under one app label."""

from candidatures.appels.models import *  # noqa: F403
from candidatures.comite.models import *  # noqa: F403
from candidatures.dispositifs.models import *  # noqa: F403
from candidatures.dossiers.models import *  # noqa: F403
from candidatures.echanges.models import *  # noqa: F403
from candidatures.instruction.models import *  # noqa: F403
from candidatures.listes.models import *  # noqa: F403
