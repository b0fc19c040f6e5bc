"""Leaves: they call the room's functions."""

from celery import shared_task

from ateliers.cadrage.domaine.visas import relancer


@shared_task(ignore_result=True)
def relancer_visas() -> None:
    """Beat, every morning: the visas that have waited seven days, then fourteen."""
    relancer()
