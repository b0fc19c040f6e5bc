"""The pilot opens and closes; those who work on the atelier read; the public signs up."""

from ateliers.inscriptions.models import Inscriptions
from ateliers.parcours.droits import peut_contribuer, peut_piloter, publics
from ateliers.seances.choix import EtatSeance

SEANCES_OUVRABLES = (EtatSeance.PROGRAMMEE, EtatSeance.CONVOQUEE)


def peut_regler(utilisateur, atelier) -> bool:
    return peut_piloter(utilisateur, atelier)


def peut_lire(utilisateur, atelier) -> bool:
    return peut_contribuer(utilisateur, atelier)


def publiques():
    """Sign-ups that have a public page: of a dated séance, in an atelier that has one."""
    return Inscriptions.objects.filter(
        seance__atelier__in=publics().values("pk"), seance__etat__in=SEANCES_OUVRABLES
    ).select_related("seance__atelier__service_pilote")
