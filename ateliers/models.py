"""Every room's models, so that Django finds them under one app label."""

from ateliers.agendas.models import *  # noqa: F403
from ateliers.annuaire.models import *  # noqa: F403
from ateliers.budget.models import *  # noqa: F403
from ateliers.cadrage.models import *  # noqa: F403
from ateliers.calendrier.models import *  # noqa: F403
from ateliers.carnet.models import *  # noqa: F403
from ateliers.contributions.models import *  # noqa: F403
from ateliers.inscriptions.models import *  # noqa: F403
from ateliers.lieux.models import *  # noqa: F403
from ateliers.livrables.models import *  # noqa: F403
from ateliers.marche.models import *  # noqa: F403
from ateliers.parcours.models import *  # noqa: F403
from ateliers.participants.models import *  # noqa: F403
from ateliers.programme.models import *  # noqa: F403
from ateliers.seances.models import *  # noqa: F403
from ateliers.sites.models import *  # noqa: F403
from ateliers.sondages.models import *  # noqa: F403
