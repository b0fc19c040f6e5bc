"""Leaves: they call the room's functions."""

from celery import shared_task

from candidatures.instruction.domaine import relances


@shared_task
def relancer_complements() -> None:
    """Beat, every hour: the mails leave on their day, once."""
    relances.relancer()
