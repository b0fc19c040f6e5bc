from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from candidatures.dossiers.choix import EtatAnalyse
from candidatures.dossiers.domaine import analyse, orthographe, recherche
from candidatures.dossiers.models import Mandat, Piece

ANALYSE_EN_SOUFFRANCE = timedelta(minutes=30)


@shared_task
def reindexer_perimees() -> None:
    """Beat: the dossiers written since they were last indexed, then their words."""
    recherche.reindexer_perimees()
    orthographe.relever()


@shared_task
def reprendre_analyses() -> None:
    """Beat: pieces whose analysis was lost with the broker or the worker are queued again."""
    limite = timezone.now() - ANALYSE_EN_SOUFFRANCE
    en_attente = Piece.objects.filter(analyse=EtatAnalyse.EN_ANALYSE, deposee_le__lt=limite)
    for pk in en_attente.order_by("pk").values_list("pk", flat=True)[:100]:
        analyse.analyser_piece.delay(pk)
    mandats = Mandat.objects.filter(analyse=EtatAnalyse.EN_ANALYSE, enregistre_le__lt=limite)
    for pk in mandats.order_by("pk").values_list("pk", flat=True)[:100]:
        analyse.analyser_mandat.delay(pk)
