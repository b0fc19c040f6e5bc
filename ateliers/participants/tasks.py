"""Celery finds the tasks of the room here."""

from celery import shared_task

from ateliers.participants.domaine import besoins, rappels, tableau


@shared_task
def purger_besoins() -> int:
    """Beat: nothing is left of a need 30 days after its séance."""
    return besoins.purger()


@shared_task
def oublier_imports() -> int:
    """Beat: the files of participants that nobody imported."""
    return tableau.oublier_imports()


@shared_task
def rappeler_par_sms() -> int:
    """Beat: the evening before, on the clock of each site."""
    return rappels.envoyer_tous()


@shared_task
def purger_rappels() -> int:
    """Beat: neither number nor consent is left 30 days after the séance."""
    return rappels.purger()
