"""Celery finds the tasks of the room here."""

from celery import shared_task

from ateliers.agendas.domaine.occupes import purger
from ateliers.synchro.domaine import branchement, passage
from ateliers.synchro.domaine.taches import synchroniser_agenda, synchroniser_seance

__all__ = ["purger_agendas", "synchroniser_agenda", "synchroniser_agendas", "synchroniser_seance"]


@shared_task
def synchroniser_agendas() -> int:
    """Beat, every fifteen minutes."""
    pks = list(passage.a_synchroniser().values_list("pk", flat=True))
    for pk in pks:
        synchroniser_agenda.delay(pk)
    return len(pks)


@shared_task
def purger_agendas() -> int:
    """Beat: intervals past thirty days, diaries of closed accounts."""
    return purger() + branchement.oublier_comptes_fermes()
