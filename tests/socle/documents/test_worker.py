"""A real worker takes documents and mails from Redis and writes what happened."""

import uuid

import pytest
from django.utils import timezone

from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel
from socle.courriels.tasks import envoyer
from socle.documents.choix import EtatDocument
from socle.documents.models import Document
from socle.documents.tasks import produire

pytestmark = pytest.mark.worker


def test_le_worker_dit_pourquoi_il_ne_peut_pas(worker_celery):
    document = Document.objects.create(
        cle="essai_inconnu",
        objet_type="comptes.organisme",
        objet_id="1",
        contexte={},
        contexte_sha256=uuid.uuid4().hex,
        en_file_depuis=timezone.now(),
    )
    produire.delay(str(document.pk))
    worker_celery(lambda: Document.objects.get(pk=document.pk).etat == EtatDocument.ECHEC)
    document.refresh_from_db()
    assert document.erreur == "le modèle « essai_inconnu » n’existe plus"


def test_le_worker_envoie_le_courriel(worker_celery):
    courriel = Courriel.objects.create(
        cle="essai",
        destinataire="x@demo.example",
        sujet="Essai",
        corps="Bonjour",
        etat=EtatCourriel.EN_ATTENTE,
        a_envoyer_depuis=timezone.now(),
    )
    envoyer.delay(courriel.pk)
    worker_celery(lambda: Courriel.objects.get(pk=courriel.pk).etat == EtatCourriel.ENVOYE)
