"""Who asks is the pilot, in whose name mails leave; who reads works on the atelier."""

from ateliers.parcours.droits import visibles_par as ateliers_visibles
from ateliers.participants.droits import peut_convoquer, peut_voir
from ateliers.sondages.models import Sondage


def visibles_par(utilisateur):
    """Polls of the ateliers that this user may read; `peut_lire` says whether with names."""
    return Sondage.objects.filter(seance__atelier__in=ateliers_visibles(utilisateur).values("pk"))


def peut_lire(utilisateur, atelier) -> bool:
    """Answers bear names: the pilot, the carriers and the team."""
    return peut_voir(utilisateur, atelier)


def peut_sonder(utilisateur, atelier) -> bool:
    """Open, remind, close, cancel."""
    return peut_convoquer(utilisateur, atelier)
