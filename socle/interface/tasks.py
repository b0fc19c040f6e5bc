from celery import shared_task

from socle.interface.domaine import jetons


@shared_task
def purger_jetons():
    """Every night: forget the forms that no open page can still send."""
    jetons.purger()
