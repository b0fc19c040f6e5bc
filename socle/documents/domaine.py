"""Ask for a document, find the last one, try again after a failure."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from socle.documents import journal
from socle.documents.choix import EtatDocument
from socle.documents.cycle_de_vie import CYCLE
from socle.documents.declaration import declaration
from socle.documents.models import Document
from socle.erreurs import ActionInterdite
from socle.journal.domaine import inscrire


def geler(cle: str, objet) -> tuple[dict, str]:
    """Return the frozen context as JSON data, and its SHA-256."""
    declaree = declaration(cle)
    contexte = declaree.contexte(objet)
    if not isinstance(contexte, declaree.modele):
        raise TypeError(f"{cle} : {declaree.modele.__name__} attendu")
    donnees = contexte.model_dump(mode="json")
    canonique = json.dumps(donnees, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return donnees, hashlib.sha256(canonique.encode()).hexdigest()


def _produire_apres_commit(document: Document) -> None:
    from socle.documents.tasks import produire

    transaction.on_commit(lambda: produire.delay(str(document.pk)), robust=True)


@transaction.atomic
def demander(cle: str, *, objet, par=None) -> Document:
    """Freeze the context now, make the PDF after commit. Same content: the same document."""
    contexte, empreinte = geler(cle, objet)
    document, cree = Document.objects.get_or_create(
        cle=cle,
        objet_type=objet._meta.label_lower,
        objet_id=str(objet.pk),
        contexte_sha256=empreinte,
        defaults={
            "contexte": contexte,
            "demande_par": par,
            "en_file_depuis": timezone.now(),
        },
    )
    if cree:
        _produire_apres_commit(document)
    elif document.etat == EtatDocument.ECHEC:
        document = _remettre_en_file(document)
    return document


def dernier(cle: str, objet) -> Document | None:
    """The latest document of this kind asked for on this object."""
    return (
        Document.objects.filter(cle=cle, objet_type=objet._meta.label_lower, objet_id=str(objet.pk))
        .defer("contexte")
        .first()
    )


def tous(cle: str, objet) -> list[Document]:
    """Every document of this kind asked for on this object, the latest first: a receipt stays.

    Their contexts stay in the database; only what tells them apart is read.
    """
    lus = Document.objects.filter(
        cle=cle, objet_type=objet._meta.label_lower, objet_id=str(objet.pk)
    ).defer("contexte")
    if champ := declaration(cle).precision:
        lus = lus.annotate(precision_lue=KeyTextTransform(champ, "contexte"))
    return list(lus)


def objet_de(document: Document):
    """Load the object that the document is about. Raises its DoesNotExist."""
    return declaration(document.cle).charger(document.objet_id)


def visible_par(utilisateur, document: Document) -> bool:
    return bool(declaration(document.cle).visible(utilisateur, objet_de(document)))


def _remettre_en_file(document: Document) -> Document:
    document = Document.objects.select_for_update().get(pk=document.pk)
    CYCLE.appliquer(document, "relancer")
    document.erreur, document.etape, document.progression = "", "", 0
    document.en_file_depuis = timezone.now()
    document.save(update_fields=["etat", "erreur", "etape", "progression", "en_file_depuis"])
    _produire_apres_commit(document)
    return document


@transaction.atomic
def relancer(document: Document, *, par) -> Document:
    """Try again after a failure, with the same frozen context."""
    if not par.is_authenticated or not visible_par(par, document):
        raise ActionInterdite("Vous ne pouvez pas relancer ce document.")
    document = _remettre_en_file(document)
    inscrire(journal.RELANCE, objet=document, par=par)
    return document
