"""A mistyped date is mended in silence, as long as nobody was told of it."""

from django.db import transaction

from ateliers.participants.models import Invitation
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Glissement
from socle.erreurs import TransitionImpossible


def corrigeable(seance) -> bool:
    """Programmed, never postponed, nobody convoked: the date was announced to nobody."""
    return (
        seance.etat == EtatSeance.PROGRAMMEE
        and not Glissement.objects.filter(seance=seance).exists()
        and not Invitation.objects.filter(seance=seance, convoque_le__isnull=False).exists()
    )


@transaction.atomic
def corriger_date(*, seance, par, debut, fin, lieu="", adresse="", confirmes=()):
    seance = agenda.corriger(
        seance=seance,
        par=par,
        debut=debut,
        fin=fin,
        lieu=lieu,
        adresse=adresse,
        confirmes=confirmes,
    )
    if not corrigeable(seance):
        raise TransitionImpossible(
            "La date de cette séance a été annoncée : reportez-la, avec le motif."
        )
    return seance
