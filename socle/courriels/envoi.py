"""Hand one mail to the mail server and write down what happened."""

from __future__ import annotations

import smtplib
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from socle.courriels.choix import EtatCourriel
from socle.courriels.cycle_de_vie import CYCLE
from socle.courriels.models import Courriel
from socle.courriels.pieces import PAS_PRETE, PiecePasPrete, contenu_de
from socle.interface.templatetags.interface import heure

AGENDA = "text/calendar; method="
ATTENTE = timedelta(seconds=30)  # before the second attempt, then twice as long each time
TRANSITOIRES = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    ConnectionError,
    TimeoutError,
)


class EnvoiDiffere(Exception):
    """The server asked to come back later; the mail stays in the queue."""


def est_transitoire(erreur: Exception) -> bool:
    """Network down, a file still being made, or the server answered 4xx ("try again later")."""
    if isinstance(erreur, (*TRANSITOIRES, PiecePasPrete)):
        return True
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _ in erreur.recipients.values())
    return isinstance(erreur, smtplib.SMTPResponseException) and 400 <= erreur.smtp_code < 500


def _message(courriel: Courriel) -> EmailMultiAlternatives:
    """A diary entry is offered twice: as a part that mail readers act upon, and as a file."""
    message = EmailMultiAlternatives(courriel.sujet, courriel.corps, to=[courriel.destinataire])
    for piece in courriel.pieces_jointes.all():
        contenu, mime = contenu_de(piece), piece.mime
        if contenu and not piece.contenu:
            piece.contenu = contenu
            piece.save(update_fields=["contenu"])
        if mime.startswith(AGENDA):
            message.attach_alternative(contenu.decode("utf-8"), mime)
            mime = "application/ics"
        message.attach(piece.nom, contenu, mime)
    return message


def _dite(erreur: Exception, attente: timedelta | None) -> str:
    """What the outbox shows. A file still being made is ours to say; the rest is the server's."""
    if not isinstance(erreur, PiecePasPrete):
        return f"{type(erreur).__name__} : {erreur}"[:1000]
    if attente is None:
        suite = "renvoyez ce message dans quelques minutes"
    else:
        suite = f"l’envoi sera retenté vers {heure(timezone.now() + attente)}"
    return f"{PAS_PRETE} (« {erreur.nom} »)\u00a0: {suite}."


def envoyer_maintenant(courriel_id: int, *, attente: timedelta | None = ATTENTE) -> bool:
    """Send it if it still waits; return False when there was nothing to do.

    The row stays locked while the server is spoken to, so that two workers never send it twice.
    Raises EnvoiDiffere on a listed transient error. `attente`: before the next attempt; None, this
    is the last.
    """
    differe = None
    with transaction.atomic():
        courriel = (
            Courriel.objects.select_for_update(skip_locked=True)
            .filter(pk=courriel_id, etat=EtatCourriel.EN_ATTENTE)
            .first()
        )
        if courriel is None:
            return False
        courriel.essais += 1
        try:
            _message(courriel).send()
        except Exception as erreur:  # whatever the server says ends up on screen
            courriel.erreur = _dite(erreur, attente)
            if est_transitoire(erreur) and attente is not None:
                differe = erreur
            else:
                CYCLE.appliquer(courriel, "marquer_echec")
        else:
            CYCLE.appliquer(courriel, "marquer_envoye")
            courriel.envoye_le, courriel.erreur = timezone.now(), ""
        courriel.save(update_fields=["etat", "essais", "erreur", "envoye_le"])
    if differe is not None:
        raise EnvoiDiffere(str(differe)) from differe
    return True
