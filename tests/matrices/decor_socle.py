"""A mail, a document, an account: what fills the addresses of the socle."""

from unittest.mock import patch

from socle.courriels import domaine as courriels
from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel
from socle.documents import domaine as documents
from socle.documents.choix import EtatDocument
from socle.documents.models import Document
from tests.factories.candidatures import faire_deposee
from tests.matrices.decor import decor

PIECE = ("convocation.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def _courriel(distribution):
    """Withheld, written by the DGALN to the DDT."""
    with patch("socle.courriels.domaine.rediger", return_value=("Sujet", "Corps du message.\n")):
        [courriel] = courriels.deposer(
            "candidature_recue",
            a=[distribution.ddt],
            contexte={},
            par=distribution.dgaln,
            retenu=True,
            pieces_jointes=[PIECE],
        )
    return courriel


@decor("courriel")
def courriel(distribution):
    return {"pk": _courriel(distribution).pk}


@decor("courriel_en_echec")
def courriel_en_echec(distribution):
    pk = _courriel(distribution).pk
    Courriel.objects.filter(pk=pk).update(etat=EtatCourriel.ECHEC)
    return {"pk": pk}


@decor("courriel_piece")
def courriel_piece(distribution):
    avec_piece = _courriel(distribution)
    return {"pk": avec_piece.pk, "piece_pk": avec_piece.pieces_jointes.get().pk}


def _accuse(distribution):
    """The receipt of a candidature that the DDT and the collectivité carry."""
    with patch("socle.documents.tasks.fabriquer.delay", lambda *a, **k: None):
        candidature = faire_deposee(distribution)
    return documents.dernier("candidatures.accuse", candidature)


@decor("document")
def document(distribution):
    return {"uuid": _accuse(distribution).pk}


@decor("document_en_echec")
def document_en_echec(distribution):
    pk = _accuse(distribution).pk
    Document.objects.filter(pk=pk).update(etat=EtatDocument.ECHEC, erreur="Police introuvable.")
    return {"uuid": pk}


@decor("jeton_de_mot_de_passe")
def jeton_de_mot_de_passe(distribution):
    return {"uidb36": "1", "key": "perime"}
