"""Attach and remove the pieces of the dossier."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from candidatures.dossiers import journal
from candidatures.dossiers.choix import EtatAnalyse
from candidatures.dossiers.domaine import analyse
from candidatures.dossiers.domaine.commun import (
    champ_ouvert,
    verifier_modification,
    verrouiller,
)
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.types_fichiers import (
    ACCEPTES,
    EXTENSIONS,
    admis,
    admis_en_mots,
    type_reel,
)
from candidatures.dossiers.domaine.versions import derniere_version
from candidatures.dossiers.models import Candidature, Piece
from socle.erreurs import ErreurMetier
from socle.journal.domaine import inscrire


def verifier_fichier(nom: str, octets: bytes) -> tuple[str, str]:
    """Return (name with the right extension, MIME), or refuse with a sentence."""
    limite = settings.TAILLE_MAX_PIECE
    if len(octets) > limite:
        raise ErreurMetier(f"Ce fichier dépasse {limite // 1024 // 1024}\u00a0Mo.", champ="fichier")
    if not octets:
        raise ErreurMetier("Ce fichier est vide.", champ="fichier")
    mime = type_reel(octets)
    if mime is None:
        raise ErreurMetier(
            f"Ce fichier n’est pas lisible ici\u00a0: joignez un {ACCEPTES}.", champ="fichier"
        )
    racine = PurePath(nom.replace("\\", "/")).stem[:120] or "piece"
    racine = "".join(c for c in racine if c.isprintable() and c not in '<>:"/|?*')
    return f"{racine}{EXTENSIONS[mime]}", mime


def champ_piece(piece_requise, question: str = "") -> str:
    """Name of the field that a file fills, for the requests for compléments."""
    if question:
        return f"question:{question}"
    return f"piece:{piece_requise.cle}" if piece_requise else "piece:autre"


@transaction.atomic
def joindre(
    *,
    candidature: Candidature,
    nom: str,
    octets: bytes,
    par,
    piece_requise=None,
    question: str = "",
) -> Piece:
    """Attach a file; for a required piece it takes the place of the former, which is kept."""
    candidature = verrouiller(candidature)
    verifier_modification(candidature, par, champ_piece(piece_requise, question))
    if piece_requise and piece_requise.dispositif_id != candidature.appel.dispositif_id:
        raise ErreurMetier("Cette pièce n’est pas demandée par ce dispositif.")
    nom, mime = verifier_fichier(nom, octets)
    if question:
        _verifier_nature(candidature, question, mime)
    if piece_requise:
        candidature.pieces.filter(piece_requise=piece_requise, active=True).update(active=False)
    elif question:
        candidature.pieces.filter(question=question, active=True).update(active=False)
    piece = Piece(
        candidature=candidature,
        piece_requise=piece_requise,
        question=question,
        nom=nom,
        mime=mime,
        sha256=hashlib.sha256(octets).hexdigest(),
        taille=len(octets),
        deposee_par=par,
    )
    piece.fichier.save(uuid4().hex, ContentFile(octets), save=False)
    analyse.mettre_en_quarantaine(piece)
    piece.save()
    analyse.demander(piece)
    inscrire(journal.PIECE_JOINTE, objet=candidature, par=par, nom=nom)
    indexer(candidature)
    return piece


def _verifier_nature(candidature, cle: str, mime: str) -> None:
    """The call may want a PDF where the site takes pictures too."""
    for question in formulaire(candidature).questions:
        if question.cle == cle and mime not in admis(question.options):
            raise ErreurMetier(
                f"«\u00a0{question.libelle}\u00a0»\u00a0: joignez un fichier "
                f"{admis_en_mots(question.options)}.",
                champ=f"q_{cle}",
            )


def remplacees(candidature: Candidature) -> list[Piece]:
    """Those set aside since the last deposit, latest first: they can be taken up again."""
    ecartees = candidature.pieces.filter(active=False, question="").exclude(
        analyse=EtatAnalyse.REFUSEE
    )
    if figee := derniere_version(candidature):
        deposees = [p["sha256"] for p in figee.contenu["pieces"]]
        depuis = Q(deposee_le__gt=figee.figee_le) | Q(sha256__in=deposees)
        ecartees = ecartees.filter(depuis)
    lues = ecartees.select_related("piece_requise").order_by("-pk")
    return [p for p in lues if champ_ouvert(candidature, champ_piece(p.piece_requise))]


@transaction.atomic
def reprendre_piece(*, piece: Piece, par) -> Piece:
    """Put a replaced or removed file back, in the place of the one in force."""
    candidature = verrouiller(piece.candidature)
    verifier_modification(candidature, par, champ_piece(piece.piece_requise, piece.question))
    piece = candidature.pieces.select_for_update(of=("self",)).get(pk=piece.pk)
    if piece.active or piece not in remplacees(candidature):
        raise ErreurMetier("Cette pièce ne se reprend plus : joignez-la de nouveau.")
    if piece.piece_requise_id:
        candidature.pieces.filter(piece_requise=piece.piece_requise, active=True).update(
            active=False
        )
    piece.active = True
    piece.save(update_fields=["active"])
    inscrire(journal.PIECE_REPRISE, objet=candidature, par=par, nom=piece.nom)
    indexer(candidature)
    return piece


@transaction.atomic
def retirer_piece(*, piece: Piece, par) -> Piece:
    """Take a piece out of the dossier; the file is kept with the versions that hold it."""
    candidature = verrouiller(piece.candidature)
    champ = champ_piece(piece.piece_requise, piece.question)
    verifier_modification(candidature, par, champ)
    piece = candidature.pieces.select_for_update(of=("self",)).get(pk=piece.pk)
    if piece.active:
        piece.active = False
        piece.save(update_fields=["active"])
        inscrire(journal.PIECE_RETIREE, objet=candidature, par=par, nom=piece.nom)
        indexer(candidature)
    return piece
