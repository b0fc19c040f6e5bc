"""Celery finds the tasks of the room here."""

from celery import shared_task

from ateliers.participants.domaine import besoins, tableau


@shared_task
def purger_besoins() -> int:
    """Beat: nothing is left of a need 30 days after its séance."""
    return besoins.purger()


@shared_task
def oublier_imports() -> int:
    """Beat: the files of participants that nobody imported."""
    return tableau.oublier_imports()
