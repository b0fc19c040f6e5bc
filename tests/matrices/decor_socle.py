"""A mail and a document, for the lines of the socle."""

from django.utils import timezone

from socle.courriels.choix import EtatCourriel
from socle.courriels.models import Courriel, PieceJointe
from socle.documents.choix import EtatDocument
from socle.documents.domaine import geler
from socle.documents.models import Document
from tests.matrices.decor import decor
from tests.socle.documents import essai


def _courriel(distribution, etat):
    """Written by the DDT to the collectivité."""
    return Courriel.objects.create(
        cle="essai",
        destinataire=distribution.collectivite.email,
        sujet="Essai",
        corps="Texte",
        etat=etat,
        depose_par=distribution.ddt,
    )


@decor("courriel_retenu")
def courriel_retenu(distribution):
    return {"pk": _courriel(distribution, EtatCourriel.RETENU).pk}


@decor("courriel_en_echec")
def courriel_en_echec(distribution):
    return {"pk": _courriel(distribution, EtatCourriel.ECHEC).pk}


@decor("piece_jointe")
def piece_jointe(distribution):
    courriel = _courriel(distribution, EtatCourriel.RETENU)
    piece = PieceJointe.objects.create(
        courriel=courriel, nom="a.ics", mime="text/calendar", contenu=b"ICS"
    )
    return {"pk": courriel.pk, "piece_pk": piece.pk}


@decor("document_en_echec")
def document_en_echec(distribution):
    """About the collectivité's organisme: its members and DGALN see it."""
    organisme = distribution.collectivite.organisme
    contexte, empreinte = geler(essai.FICHE, organisme)
    document = Document.objects.create(
        cle=essai.FICHE,
        objet_type=organisme._meta.label_lower,
        objet_id=str(organisme.pk),
        contexte=contexte,
        contexte_sha256=empreinte,
        etat=EtatDocument.ECHEC,
        erreur="essai",
        en_file_depuis=timezone.now(),
    )
    return {"uuid": document.pk}


@decor("lien_oubli")
def lien_oubli(distribution):
    """A link that no longer works: the page says so."""
    return {"uidb36": "zzzzz", "key": "essai-perime"}


@decor("tuile")
def tuile(distribution):
    return {"z": 0, "x": 0, "y": 0}


@decor("departement")
def departement(distribution):
    return {"code": "80"}


@decor("commune")
def commune(distribution):
    return {"code": "80253"}
