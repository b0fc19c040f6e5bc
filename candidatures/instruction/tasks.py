"""Leaves: they call the room's functions."""

from celery import shared_task

from candidatures.instruction.domaine import relances, relances_avis
from candidatures.instruction.domaine.deports import recalculer_pour
from candidatures.instruction.domaine.profils import lecteurs


@shared_task
def relancer_complements() -> None:
    """Beat, every hour: the mails leave on their day, once."""
    relances.relancer()


@shared_task(ignore_result=True)
def recalculer_deports() -> None:
    """Every night: an office begins or ends with the calendar, without any verb."""
    recalculer_pour(lecteurs())


@shared_task
def relancer_avis() -> None:
    """Beat, every morning: before and after the due date, only those who have not answered."""
    relances_avis.relancer_avis()
