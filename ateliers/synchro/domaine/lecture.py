"""Read when a person is busy over the next twelve months; keep the intervals and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from ateliers.agendas.domaine import intervalles
from ateliers.agendas.domaine.occupes import horizon
from ateliers.agendas.models import IntervalleOccupe
from ateliers.participants.calendrier import UID
from ateliers.synchro.domaine.seances import dates_connues
from ateliers.synchro.domaine.serveur import Serveur

MAXIMUM = 20_000


def lire(agenda, serveur: Serveur, maintenant: datetime | None = None) -> list:
    """Merged intervals of the calendars that the person lets us read."""
    debut = (maintenant or timezone.now()).astimezone(UTC).replace(second=0, microsecond=0)
    fin = horizon(debut)
    trouves = []
    for calendrier in agenda.calendriers.all():
        if calendrier.lu:
            trouves += _du_calendrier(agenda, serveur, calendrier, debut, fin)
    trouves = intervalles.sans(trouves, dates_connues(agenda))
    return intervalles.fusionner(intervalles.borner(trouves, debut, fin))[:MAXIMUM]


def _du_calendrier(agenda, serveur, calendrier, debut, fin) -> list:
    """The server's own count where it has one: no appointment leaves it then.

    Where we write, events are read one by one: a count would not tell ours from the others.
    """
    if not calendrier.ecrit:
        bilan = serveur.bilan(calendrier.url, debut, fin)
        if bilan is not None:
            return bilan
    lignes = [
        ligne
        for ligne in serveur.occurrences(calendrier.url, debut, fin)
        if not UID.match(str(ligne.get("UID", "")))
    ]
    return intervalles.des_evenements(lignes, agenda.zone, courriel=agenda.utilisateur.email)


@transaction.atomic
def garder(agenda, trouves: list) -> bool:
    """Replace what was known; nothing is written when nothing changed."""
    connus = list(agenda.intervalles.order_by("debut").values_list("debut", "fin"))
    if connus == trouves:
        return False
    agenda.intervalles.all().delete()
    IntervalleOccupe.objects.bulk_create(
        [IntervalleOccupe(agenda=agenda, debut=d, fin=f) for d, f in trouves], batch_size=1000
    )
    return True
