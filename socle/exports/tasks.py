"""Leaves: they take an identifier and call the app's functions."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from socle.exports.choix import EtatExport
from socle.exports.models import Export

EN_SOUFFRANCE = timedelta(minutes=15)


@shared_task
def produire(export_id: str) -> None:
    from socle.exports.fabrication import fabriquer

    fabriquer(export_id)


@shared_task
def expirer() -> None:
    """Beat, every hour. Also: exports whose worker died are made again."""
    from socle.exports import fabrication

    fabrication.expirer()
    perdus = Export.objects.filter(
        etat__in=[EtatExport.DEMANDE, EtatExport.EN_COURS],
        demande_le__lt=timezone.now() - EN_SOUFFRANCE,
    )
    pks = [str(pk) for pk in perdus.values_list("pk", flat=True)[:100]]
    Export.objects.filter(pk__in=pks).update(etat=EtatExport.DEMANDE)
    for pk in pks:
        produire.delay(pk)
