"""Leaves: they call the room's functions."""

from celery import shared_task

from ateliers.sondages.domaine import relances


@shared_task(ignore_result=True)
def relancer_sondages() -> None:
    """Beat, every morning: seven and two days before the end, only those who said nothing."""
    relances.relancer_tous()
