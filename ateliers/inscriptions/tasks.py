"""Leaves: they take nothing, and running one twice changes nothing."""

from celery import shared_task

from ateliers.inscriptions.choix import EtatInscription
from ateliers.inscriptions.domaine import places
from ateliers.inscriptions.models import Inscription, Inscriptions


@shared_task
def faire_expirer() -> None:
    """Beat: offered places that nobody took go to the next one."""
    vivantes = Inscription.objects.filter(
        etat__in=[EtatInscription.PROPOSEE, EtatInscription.A_CONFIRMER]
    )
    for inscriptions in Inscriptions.objects.filter(pk__in=vivantes.values("inscriptions")):
        places.faire_expirer(inscriptions)
