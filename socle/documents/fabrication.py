"""Make one document: template, PDF, hash, state. Every failure ends up on the row."""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from pydantic import ValidationError

from socle.documents.choix import EtatDocument
from socle.documents.cycle_de_vie import CYCLE
from socle.documents.declaration import declaration, declarations
from socle.documents.erreurs import RenduImpossible
from socle.documents.models import Document

JOURNAL = logging.getLogger(__name__)


@contextmanager
def _seul(document_id: str):
    """True when no other worker makes this document. PostgreSQL frees it if this one dies."""
    cle = int.from_bytes(hashlib.sha256(str(document_id).encode()).digest()[:8], signed=True)
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_lock(%s)", [cle])
        obtenu = curseur.fetchone()[0]
    try:
        yield obtenu
    finally:
        if obtenu:
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_advisory_unlock(%s)", [cle])


@transaction.atomic
def _commencer(document_id: str) -> Document | None:
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None or not CYCLE.possible("commencer", document.etat):
        return None
    CYCLE.appliquer(document, "commencer")
    document.progression, document.etape = 5, "Lecture du contenu"
    document.save(update_fields=["etat", "progression", "etape"])
    return document


def _signaler(document: Document):
    """Progress is written outside any transaction, so that the page sees it at once."""

    def signal(progression: int, etape: str) -> None:
        Document.objects.filter(pk=document.pk, etat=EtatDocument.EN_COURS).update(
            progression=progression, etape=etape
        )

    return signal


def html_de(document: Document) -> str:
    """The page that becomes the PDF, from the frozen context alone."""
    if document.cle not in declarations():
        raise RenduImpossible(f"le modèle « {document.cle} » n’existe plus")
    declaree = declaration(document.cle)
    contexte = declaree.modele.model_validate(document.contexte)
    with translation.override("fr"):
        return render_to_string(
            declaree.gabarit,
            {
                "contexte": contexte,
                "titre": declaree.titre,
                "empreinte": document.contexte_sha256,
                "demande_le": document.demande_le,
            },
        )


def _rendre(document: Document) -> tuple[bytes, int]:
    from socle.documents.rendu import rendre_pdf

    signal = _signaler(document)
    signal(10, "Assemblage du texte")
    html = html_de(document)
    return rendre_pdf(
        html,
        styles=declaration(document.cle).feuilles_style,
        identifiant=document.contexte_sha256[:32].encode(),
        signal=signal,
    )


@transaction.atomic
def _terminer(document_id, pdf: bytes, pages: int) -> None:
    document = Document.objects.select_for_update().get(pk=document_id)
    CYCLE.appliquer(document, "terminer")
    document.fichier.save("document.pdf", ContentFile(pdf), save=False)
    document.fichier_sha256 = hashlib.sha256(pdf).hexdigest()
    document.pages, document.taille = pages, len(pdf)
    document.progression, document.etape, document.erreur = 100, "", ""
    document.pret_le = timezone.now()
    champs = ["etat", "fichier", "fichier_sha256", "pages", "taille", "progression", "etape"]
    document.save(update_fields=[*champs, "erreur", "pret_le"])


@transaction.atomic
def _echouer(document_id, raison: str) -> None:
    document = Document.objects.select_for_update().get(pk=document_id)
    if not CYCLE.possible("echouer", document.etat):
        return
    CYCLE.appliquer(document, "echouer")
    document.erreur = raison[:1000]
    document.save(update_fields=["etat", "erreur"])


def raison_lisible(erreur: Exception) -> str:
    if isinstance(erreur, RenduImpossible):
        return str(erreur)
    if isinstance(erreur, SoftTimeLimitExceeded):
        return "la fabrication a pris trop de temps"
    if isinstance(erreur, ValidationError):
        return "le contenu gelé ne correspond plus au modèle du document"
    return f"erreur inattendue ({type(erreur).__name__} : {erreur})"


def fabriquer(document_id: str) -> None:
    """Make the PDF if it is still to be made; twice changes nothing."""
    with _seul(document_id) as obtenu:
        document = _commencer(document_id) if obtenu else None
        if document is None:
            return
        try:
            pdf, pages = _rendre(document)
            _terminer(document.pk, pdf, pages)
        except Exception as erreur:  # the reason is shown on the page, with a retry
            JOURNAL.exception("document %s en échec", document_id)
            _echouer(document.pk, raison_lisible(erreur))
