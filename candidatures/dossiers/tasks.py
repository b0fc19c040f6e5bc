from celery import shared_task

from candidatures.dossiers.domaine import recherche


@shared_task
def reindexer_perimees() -> None:
    """Beat: the dossiers written since they were last indexed."""
    recherche.reindexer_perimees()
