"""Leaves: they call the room's functions."""

from celery import shared_task

from ateliers.livrables.domaine import echeances


@shared_task
def alerter() -> None:
    """Beat, every morning: fifteen days before, on the day, a week after."""
    echeances.alerter()
