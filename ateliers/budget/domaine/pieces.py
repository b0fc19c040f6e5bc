"""The signed documents of a contract: joined, notified, sealed; drafts made as PDF."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ateliers.budget import journal
from ateliers.budget.choix import EtatPiece, GenrePiece, intitule
from ateliers.budget.cycle_de_vie import CYCLE_PIECE
from ateliers.budget.documents import PIECE
from ateliers.budget.models import OrdreService, PieceContrat
from ateliers.cadrage.domaine.contrat import CLOS
from ateliers.cadrage.models import Avenant, Contrat
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from candidatures.dossiers.domaine.pieces import verifier_fichier
from socle.documents.domaine import demander
from socle.documents.models import Document
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire


@dataclass(frozen=True)
class LignePiece:
    """A document that the contract calls for, and what is known of it."""

    genre: str
    rang: int
    libelle: str
    piece: PieceContrat | None


def attendues(contrat, avenants, ordres, pieces) -> list[LignePiece]:
    """The acte d’engagement, then each avenant and each order. No query."""
    connues = {(p.genre, p.rang): p for p in pieces}
    voulues = [(GenrePiece.ACTE, 0), *((GenrePiece.AVENANT, a.numero) for a in avenants)]
    voulues += [(GenrePiece.ORDRE, o.numero) for o in ordres]
    return [
        LignePiece(
            genre.value,
            rang,
            f"{genre.label} n° {rang}" if rang else intitule(genre, contrat.nature),
            connues.get((genre.value, rang)),
        )
        for genre, rang in voulues
    ]


def existe(contrat, genre: str, rang: int) -> bool:
    """The avenant or the order that the document puts on paper is recorded."""
    if genre == GenrePiece.ACTE:
        return rang == 0
    modele = {GenrePiece.AVENANT: Avenant, GenrePiece.ORDRE: OrdreService}.get(genre)
    return modele is not None and modele.objects.filter(contrat=contrat, numero=rang).exists()


def _verrouiller(contrat, par) -> Contrat:
    atelier = verrouiller(contrat.atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in CLOS:
        raise TransitionImpossible("Cet atelier est terminé.")
    contrat = Contrat.objects.select_for_update().get(pk=contrat.pk)
    contrat.atelier = atelier
    return contrat


def _piece(contrat, genre, rang, par) -> PieceContrat:
    if not existe(contrat, genre, rang):
        raise ErreurMetier("Cette pièce ne figure pas au contrat.")
    piece, _ = PieceContrat.objects.select_for_update().get_or_create(
        contrat=contrat, genre=genre, rang=rang, defaults={"par": par}
    )
    return piece


@transaction.atomic
def preparer_projet(*, contrat, genre, rang, par) -> Document:
    """The draft to sign, as PDF, from what is recorded."""
    contrat = _verrouiller(contrat, par)
    return demander(PIECE, objet=_piece(contrat, genre, rang, par), par=par)


@transaction.atomic
def joindre_signee(*, contrat, genre, rang, par, nom, octets, signee_le) -> PieceContrat:
    """The file as it was signed; it may be replaced until the notification."""
    contrat = _verrouiller(contrat, par)
    piece = _piece(contrat, genre, rang, par)
    CYCLE_PIECE.appliquer(piece, "signer")
    if signee_le > timezone.localdate():
        raise ErreurMetier("La signature ne peut pas être dans le futur.", champ="signee_le")
    piece.nom, piece.mime = verifier_fichier(nom, octets)
    piece.sha256 = hashlib.sha256(octets).hexdigest()
    piece.signee_le, piece.par = signee_le, par
    piece.fichier.save(piece.nom, ContentFile(octets), save=False)
    piece.save()
    inscrire(journal.PIECE_SIGNEE, objet=contrat.atelier, par=par, piece=str(piece))
    return piece


@transaction.atomic
def notifier(*, piece, par, notifiee_le) -> PieceContrat:
    """From then on nothing of it changes, even from SQL."""
    contrat = _verrouiller(piece.contrat, par)
    piece = PieceContrat.objects.select_for_update().get(pk=piece.pk)
    CYCLE_PIECE.appliquer(piece, "notifier")
    if notifiee_le > timezone.localdate():
        raise ErreurMetier("La notification ne peut pas être dans le futur.", champ="notifiee_le")
    if notifiee_le < piece.signee_le:
        raise ErreurMetier("La notification suit la signature.", champ="notifiee_le")
    piece.notifiee_le = notifiee_le
    piece.save(update_fields=["etat", "notifiee_le"])
    inscrire(journal.PIECE_NOTIFIEE, objet=contrat.atelier, par=par, piece=str(piece))
    return piece


def scellee(piece: PieceContrat) -> bool:
    return piece.etat == EtatPiece.NOTIFIEE
