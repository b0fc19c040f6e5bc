"""Antivirus of the pieces: nobody reads one before clamd has, where clamd is configured.

`settings.CLAMD_URL` is « tcp://host:3310 » or « unix:///run/clamd.sock ». Without it pieces are
served at once and DGALN is told that no analysis is configured.
"""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from candidatures.dossiers import journal
from candidatures.dossiers.choix import EtatAnalyse
from candidatures.dossiers.models import Mandat, Piece
from socle.erreurs import ActionInterdite
from socle.journal.domaine import inscrire

BLOC = 64 * 1024
DELAI = 60
EN_COURS = "Cette pièce est en cours d’analyse antivirus : réessayez dans quelques instants."
ECARTEE = "L’analyse antivirus a écarté cette pièce : elle ne peut pas être ouverte."


class AnalyseImpossible(Exception):
    """clamd did not answer, or not with a verdict: the piece waits."""


def configuree() -> bool:
    return bool(settings.CLAMD_URL)


def _connexion() -> socket.socket:
    adresse = urlsplit(settings.CLAMD_URL)
    if adresse.scheme == "unix":
        prise = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        prise.settimeout(DELAI)
        try:
            prise.connect(adresse.path)
        except OSError:
            prise.close()
            raise
        return prise
    return socket.create_connection((adresse.hostname, adresse.port or 3310), DELAI)


def examiner(fichier) -> bool:
    """True when clamd finds nothing in this file (INSTREAM)."""
    try:
        with _connexion() as prise:
            prise.sendall(b"zINSTREAM\0")
            while bloc := fichier.read(BLOC):
                prise.sendall(struct.pack("!L", len(bloc)) + bloc)
            prise.sendall(struct.pack("!L", 0))
            reponse = b""
            while not reponse.endswith(b"\0") and (lu := prise.recv(4096)):
                reponse += lu
    except OSError as erreur:
        raise AnalyseImpossible(str(erreur)) from erreur
    texte = reponse.rstrip(b"\0\n").decode("utf-8", "replace")
    if texte.endswith("FOUND"):
        return False
    if texte.endswith(": OK"):
        return True
    raise AnalyseImpossible(texte)


def mettre_en_quarantaine(piece: Piece | Mandat) -> None:
    """Inside the caller's transaction, before the piece is saved for the first time."""
    if configuree():
        piece.analyse = EtatAnalyse.EN_ANALYSE


def _relancer(tache, geste, pk: int) -> None:
    """While clamd does not answer, the file stays in quarantine."""
    try:
        geste(pk)
    except AnalyseImpossible as erreur:
        raise tache.retry(exc=erreur, countdown=30 * 2**tache.request.retries) from erreur


@shared_task(bind=True, max_retries=5)
def analyser_piece(self, piece_id: int) -> None:
    _relancer(self, analyser, piece_id)


@shared_task(bind=True, max_retries=5)
def analyser_mandat(self, mandat_id: int) -> None:
    _relancer(self, analyser_le_mandat, mandat_id)


def demander(piece: Piece) -> None:
    if piece.analyse == EtatAnalyse.EN_ANALYSE:
        transaction.on_commit(lambda: analyser_piece.delay(piece.pk), robust=True)


def demander_mandat(mandat: Mandat) -> None:
    if mandat.analyse == EtatAnalyse.EN_ANALYSE:
        transaction.on_commit(lambda: analyser_mandat.delay(mandat.pk), robust=True)


def analyser(piece_id: int) -> str:
    """Examine one piece; running it twice changes nothing. A refused one leaves the dossier."""
    return _examiner_objet(Piece, piece_id, _ecarter_piece)


def analyser_le_mandat(mandat_id: int) -> str:
    """Same for a mandate: a refused one is withdrawn, and the receipt does not name it."""
    return _examiner_objet(Mandat, mandat_id, _ecarter_mandat)


def _examiner_objet(modele, pk: int, ecarter) -> str:
    objet = modele.objects.get(pk=pk)
    if objet.analyse != EtatAnalyse.EN_ANALYSE:
        return objet.analyse
    with objet.fichier.open("rb") as fichier:
        saine = examiner(fichier)
    with transaction.atomic():
        objet = modele.objects.select_for_update().get(pk=pk)
        if objet.analyse != EtatAnalyse.EN_ANALYSE:
            return objet.analyse
        objet.analyse = EtatAnalyse.SAINE if saine else EtatAnalyse.REFUSEE
        if not saine:
            ecarter(objet)
        objet.save()
    return objet.analyse


def _ecarter_piece(piece: Piece) -> None:
    piece.active = False
    inscrire(journal.PIECE_REFUSEE, objet=piece.candidature, nom=piece.nom)


def _ecarter_mandat(mandat: Mandat) -> None:
    mandat.retire_le = mandat.retire_le or timezone.now()
    mandat.motif_retrait = mandat.motif_retrait or "Écarté par l’analyse antivirus."
    inscrire(journal.PIECE_REFUSEE, objet=mandat.candidature, nom=mandat.nom)


def exiger_lisible(piece: Piece | Mandat) -> None:
    if piece.analyse == EtatAnalyse.EN_ANALYSE:
        raise ActionInterdite(EN_COURS)
    if piece.analyse == EtatAnalyse.REFUSEE:
        raise ActionInterdite(ECARTEE)
