"""Write in a thread, read it, know what is new."""

from __future__ import annotations

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.pieces import verifier_fichier
from candidatures.dossiers.models import Candidature
from candidatures.echanges import journal, notifications
from candidatures.echanges.choix import Fil
from candidatures.echanges.droits import peut_lire
from candidatures.echanges.models import LectureFil, Message, PieceMessage
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, Manque
from socle.journal.domaine import inscrire

PIECES_MAX = 5
ACTIONS = {Fil.INTERNE: journal.MESSAGE_INTERNE, Fil.PORTEURS: journal.MESSAGE_PORTEURS}


@transaction.atomic
def ecrire(
    *, candidature: Candidature, fil: str, texte: str, par, fichiers: list[tuple[str, bytes]] = ()
) -> Message:
    """Add a message, with files told apart by their bytes; those who read the thread are told."""
    candidature = verrouiller(candidature)
    if not peut_lire(par, candidature, fil):
        raise ActionInterdite("Ce fil ne vous est pas ouvert.")
    if not texte.strip():
        raise ElementsManquants([Manque("Rédigez le message.")])
    if len(fichiers) > PIECES_MAX:
        raise ErreurMetier(f"Joignez au plus {PIECES_MAX} fichiers.")
    message = Message.objects.create(
        candidature=candidature, fil=fil, auteur=par, texte=texte.strip()
    )
    for nom, octets in fichiers:
        _joindre(message, nom, octets)
    marquer_lu(candidature=candidature, fil=fil, par=par)
    inscrire(ACTIONS[Fil(fil)], objet=candidature, par=par)
    notifications.message_ecrit(message, par)
    return message


def _joindre(message: Message, nom: str, octets: bytes) -> None:
    nom, mime = verifier_fichier(nom, octets)
    piece = PieceMessage(
        message=message,
        nom=nom,
        mime=mime,
        sha256=hashlib.sha256(octets).hexdigest(),
        taille=len(octets),
    )
    piece.fichier.save(uuid4().hex, ContentFile(octets), save=False)
    piece.save()


def marquer_lu(*, candidature: Candidature, fil: str, par) -> None:
    LectureFil.objects.update_or_create(
        candidature=candidature, fil=fil, personne=par, defaults={"lu_le": timezone.now()}
    )


def messages(candidature: Candidature, fil: str) -> list[Message]:
    return list(
        Message.objects.filter(candidature=candidature, fil=fil)
        .select_related("auteur__organisme", "candidature")
        .prefetch_related("pieces")
    )


def _nouveaux(utilisateur):
    """Messages of others, later than this person’s last reading of their thread."""
    lu_le = LectureFil.objects.filter(
        candidature=OuterRef("candidature"), fil=OuterRef("fil"), personne=utilisateur
    ).values("lu_le")[:1]
    return (
        Message.objects.exclude(auteur=utilisateur)
        .annotate(lu_le=Subquery(lu_le))
        .filter(Q(lu_le__isnull=True) | Q(ecrit_le__gt=F("lu_le")))
        .order_by()
    )


def compter_non_lus(utilisateur, fil: str):
    """New messages of a thread, as an annotation of candidatures."""
    siens = _nouveaux(utilisateur).filter(candidature=OuterRef("pk"), fil=fil)
    nombre = siens.values("candidature").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(nombre), 0)


def non_lus(utilisateur, candidature: Candidature) -> dict[str, int]:
    """New messages by thread, in one query."""
    nouveaux = _nouveaux(utilisateur).filter(candidature=candidature)
    return dict(nouveaux.values_list("fil").annotate(n=Count("pk")))
