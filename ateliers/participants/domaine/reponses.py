"""The answer that a diary sends back (iTIP REPLY), received by the organiser's mailbox."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email import policy
from email.utils import getaddresses

from django.db import transaction
from icalendar import Calendar

from ateliers.participants.calendrier import UID
from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.invitations import repondre
from ateliers.participants.models import Invitation
from socle.erreurs import ErreurMetier

TAILLE_MAX = 512 * 1024
REPONSES = {
    "ACCEPTED": Reponse.ACCEPTE,
    "TENTATIVE": Reponse.PEUT_ETRE,
    "DECLINED": Reponse.DECLINE,
}


@dataclass(frozen=True)
class ReponseAgenda:
    """What matters in a REPLY."""

    seance_id: int
    courriel: str
    partstat: str
    sequence: int
    commentaire: str


def _adresse(valeur) -> str:
    texte = str(valeur).strip()
    return texte[7:].lower() if texte.lower().startswith("mailto:") else ""


def _fichier(message) -> bytes:
    for partie in message.walk():
        if partie.get_content_type() in ("text/calendar", "application/ics"):
            return partie.get_payload(decode=True) or b""
    raise ErreurMetier("Ce message ne contient pas de réponse d’agenda.")


def lire(octets: bytes) -> ReponseAgenda:
    """Read a whole mail; refuse, with a sentence, what is not the answer of its own sender."""
    if len(octets) > TAILLE_MAX:
        raise ErreurMetier("Ce message est trop long pour une réponse d’agenda.")
    message = email.message_from_bytes(octets, policy=policy.default)
    try:
        calendrier = Calendar.from_ical(_fichier(message))
        (ligne,) = calendrier.walk("VEVENT")
        (invite,) = _liste(ligne.get("attendee"))
        uid = UID.match(str(ligne.get("uid", "")))
        sequence = int(ligne.get("sequence", 0))
    except (ValueError, KeyError, TypeError, IndexError) as erreur:
        raise ErreurMetier("La réponse d’agenda est illisible.") from erreur
    if str(calendrier.get("method", "")).upper() != "REPLY" or uid is None:
        raise ErreurMetier("Ce message n’est pas une réponse à l’une de nos séances.")
    courriel = _adresse(invite)
    expediteurs = {a.lower() for _, a in getaddresses([str(message.get("from", ""))])}
    if not courriel or expediteurs != {courriel}:
        raise ErreurMetier("La réponse ne vient pas de la personne invitée.")
    partstat = str(invite.params.get("PARTSTAT", "")).upper()
    commentaire = str(ligne.get("comment", "") or "")[:400]
    return ReponseAgenda(int(uid[1]), courriel, partstat, sequence, commentaire)


def _liste(valeur) -> list:
    return valeur if isinstance(valeur, list) else [valeur] if valeur is not None else []


@transaction.atomic
def enregistrer_reponse_agenda(*, octets: bytes) -> Invitation:
    """Record it if it answers the convocation that this person holds, and no older one."""
    recue = lire(octets)
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .filter(seance=recue.seance_id, participant__courriel__iexact=recue.courriel)
        .filter(convoque_le__isnull=False)
        .select_related("seance")
        .first()
    )
    if invitation is None:
        raise ErreurMetier("Cette personne n’est pas conviée à cette séance.")
    seance = invitation.seance
    # The file of the personal page may bear a later number than the last mail did.
    if not seance.sequence_contenu <= recue.sequence <= seance.sequence_ical:
        raise ErreurMetier("Cette réponse porte sur une autre version de la convocation.")
    if recue.partstat not in REPONSES:
        raise ErreurMetier(
            "Cette réponse ne dit ni oui, ni peut-être, ni non : elle n’est pas enregistrée."
        )
    return repondre(invitation, reponse=REPONSES[recue.partstat], message=recue.commentaire)
