"""Names and addresses are personal data: only those who work on the atelier see them."""

from ateliers.parcours.droits import est_collectivite, peut_contribuer, peut_piloter
from ateliers.participants.models import Participant


def peut_voir(utilisateur, atelier) -> bool:
    """The list of people: the pilot, the carriers and the team."""
    return peut_contribuer(utilisateur, atelier)


def peut_gerer(utilisateur, atelier) -> bool:
    """Add, correct, import, invite: the pilot and the collectivité, who know their territory."""
    return peut_piloter(utilisateur, atelier) or est_collectivite(utilisateur, atelier)


def peut_convoquer(utilisateur, atelier) -> bool:
    """Mails leave in the name of the pilot service."""
    return peut_piloter(utilisateur, atelier)


def peut_emarger(utilisateur, atelier) -> bool:
    """Whoever stands at the door: the pilot, the carriers, the team."""
    return peut_contribuer(utilisateur, atelier)


def visibles_par(utilisateur, atelier):
    """Participants of this atelier, or none."""
    tous = Participant.objects.filter(atelier=atelier)
    return tous if peut_voir(utilisateur, atelier) else tous.none()
