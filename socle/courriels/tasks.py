"""Leaves: they take an identifier and call the room's functions."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from socle.courriels.choix import EtatCourriel
from socle.courriels.envoi import ATTENTE, EnvoiDiffere, envoyer_maintenant
from socle.courriels.models import Courriel

ESSAIS_MAX = 6
EN_SOUFFRANCE = timedelta(minutes=20)  # longer than all the retries of one sending


@shared_task(bind=True, max_retries=ESSAIS_MAX - 1)
def envoyer(self, courriel_id: int) -> None:
    essais = self.request.retries
    attente = ATTENTE * 2**essais if essais < self.max_retries else None
    try:
        envoyer_maintenant(courriel_id, attente=attente)
    except EnvoiDiffere as erreur:
        raise self.retry(exc=erreur, countdown=attente.seconds) from erreur


@shared_task
def renvoyer_en_souffrance() -> None:
    """Beat: mails whose message to the broker was lost are queued again."""
    limite = timezone.now() - EN_SOUFFRANCE
    en_souffrance = Courriel.objects.filter(
        etat=EtatCourriel.EN_ATTENTE, a_envoyer_depuis__lt=limite
    )
    pks = list(en_souffrance.order_by("pk").values_list("pk", flat=True)[:500])
    Courriel.objects.filter(pk__in=pks).update(a_envoyer_depuis=timezone.now())
    for pk in pks:
        envoyer.delay(pk)
