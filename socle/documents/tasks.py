"""Leaves: they take an identifier and call the room's functions."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from socle.documents.choix import EtatDocument
from socle.documents.models import Document

DUREE_MAX = timedelta(minutes=9)
EN_SOUFFRANCE = timedelta(minutes=12)


@shared_task(soft_time_limit=DUREE_MAX.total_seconds())
def produire(document_id: str) -> None:
    """Make the PDF. Running it twice changes nothing. The renderer is imported by workers only."""
    from socle.documents.fabrication import fabriquer

    fabriquer(document_id)


@shared_task
def reprendre_en_souffrance() -> None:
    """Beat: documents whose task was lost with the broker or the worker are queued again."""
    en_souffrance = Document.objects.filter(
        etat__in=[EtatDocument.DEMANDE, EtatDocument.EN_COURS],
        en_file_depuis__lt=timezone.now() - EN_SOUFFRANCE,
    )
    pks = list(en_souffrance.order_by("en_file_depuis").values_list("pk", flat=True)[:100])
    Document.objects.filter(pk__in=pks).update(en_file_depuis=timezone.now())
    for pk in pks:
        produire.delay(str(pk))
