"""The one place that writes iCalendar: mails, files and feeds all show the same event.

The UID of a séance never changes; its SEQUENCE is a number of the database. A copy names its
reader alone: who else is invited is nobody's business.
"""

from __future__ import annotations

import re
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from ateliers.participants.choix import Reponse
from ateliers.participants.fuseaux import vtimezone
from ateliers.programme.domaine.annonces import sequences_annoncees

MIME = "text/calendar"
PRODUIT = "-//Atelier des territoires//FR"
UID = re.compile(r"^seance-(\d{1,18})@atelier-des-territoires$")
PARTSTATS = {
    Reponse.ATTENDUE: "NEEDS-ACTION",
    Reponse.ACCEPTE: "ACCEPTED",
    Reponse.PEUT_ETRE: "TENTATIVE",
    Reponse.DECLINE: "DECLINED",
    Reponse.DELEGUE: "DELEGATED",
}


def uid(seance) -> str:
    return f"seance-{seance.pk}@atelier-des-territoires"


def adresse_organisateur(organisme) -> str:
    """An address that receives: the diary mailbox, else the pilot's, else the sender's."""
    expediteur = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return settings.COURRIEL_AGENDA or organisme.courriel or expediteur


def _organisateur(organisme):
    adresse = vCalAddress(f"mailto:{adresse_organisateur(organisme)}")
    adresse.params["cn"] = vText(organisme.nom)
    return adresse


def _invite(invitation, *, repondre: bool):
    adresse = vCalAddress(f"mailto:{invitation.participant.courriel}")
    adresse.params["cn"] = vText(invitation.participant.nom_complet)
    adresse.params["cutype"] = "INDIVIDUAL"
    adresse.params["role"] = "REQ-PARTICIPANT"
    adresse.params["partstat"] = PARTSTATS[invitation.reponse]
    if repondre:
        adresse.params["rsvp"] = "TRUE"
    return adresse


def lieu_dit(seance) -> str:
    return ", ".join(t for t in (seance.lieu, seance.adresse) if t)


def _description(seance, lien) -> str:
    lignes = [f"{s.quand} : {s.titre}" for s in sequences_annoncees(seance)]
    textes = [seance.objectif, "\n".join(lignes), f"Répondre : {lien}" if lien else ""]
    return "\n\n".join(t for t in textes if t)


def evenement(seance, *, complet: bool = True, lien: str = "", annulee: bool = False) -> Event:
    """One VEVENT, in the time zone of the site. Not `complet`: neither programme nor link."""
    ligne = Event()
    ligne.add("uid", uid(seance))
    ligne.add("dtstamp", timezone.now())
    ligne.add("dtstart", seance.debut_prevu.astimezone(seance.zone))
    ligne.add("dtend", seance.fin_prevu.astimezone(seance.zone))
    ligne.add("summary", f"{seance.titre} – {seance.atelier.nom}")
    if lieu := lieu_dit(seance):
        ligne.add("location", lieu)
    if complet and (texte := _description(seance, lien)):
        ligne.add("description", texte)
    ligne.add("sequence", seance.sequence_ical)
    ligne.add("status", "CANCELLED" if annulee else "CONFIRMED")
    return ligne


def calendrier(evenements, fuseaux, *, methode: str = "", nom: str = "") -> bytes:
    """The file: the rules of each time zone first, then the events."""
    document = Calendar()
    document.add("prodid", PRODUIT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    if methode:
        document.add("method", methode)
    if nom:
        document.add("name", nom)
        document.add("x-wr-calname", nom)
    for cle in sorted(fuseaux):
        document.add_component(vtimezone(cle))
    for ligne in evenements:
        document.add_component(ligne)
    return document.to_ical()


ECHAPPEES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
LARGEUR = 74  # octets of a line, the space that continues one included
FIN = b"END:VCALENDAR\r\n"


def _ligne(nom: str, texte: str) -> bytes:
    """Folded where it is too long: never inside a character, nor after a backslash."""
    octets = f"{nom}:{texte}".encode()
    if len(octets) <= LARGEUR:
        return octets + b"\r\n"
    morceaux = []
    while len(octets) > LARGEUR:
        coupe = LARGEUR
        while octets[coupe] & 0xC0 == 0x80 or octets[coupe - 1 : coupe] == b"\\":
            coupe -= 1
        morceaux.append(octets[:coupe])
        octets = b" " + octets[coupe:]
    return b"\r\n".join((*morceaux, octets)) + b"\r\n"


def _bref(seance, maintenant: str) -> bytes:
    """The VEVENT of a feed, as the library would write it: it takes six times longer."""
    zone, cle = seance.zone, seance.fuseau
    titre = f"{seance.titre} – {seance.atelier.nom}".translate(ECHAPPEES)
    lignes = [
        b"BEGIN:VEVENT\r\n",
        _ligne("SUMMARY", titre),
        _ligne(f"DTSTART;TZID={cle}", f"{seance.debut_prevu.astimezone(zone):%Y%m%dT%H%M%S}"),
        _ligne(f"DTEND;TZID={cle}", f"{seance.fin_prevu.astimezone(zone):%Y%m%dT%H%M%S}"),
        _ligne("DTSTAMP", maintenant),
        _ligne("UID", uid(seance)),
        _ligne("SEQUENCE", str(seance.sequence_ical)),
    ]
    if lieu := lieu_dit(seance):
        lignes.append(_ligne("LOCATION", lieu.translate(ECHAPPEES)))
    return b"".join((*lignes, b"STATUS:CONFIRMED\r\nEND:VEVENT\r\n"))


def flux(seances, *, nom: str) -> bytes:
    """Hundreds of short events: the frame by the library, the events written straight."""
    cadre = calendrier([], {s.fuseau for s in seances}, nom=nom)
    maintenant = f"{timezone.now():%Y%m%dT%H%M%SZ}"
    return cadre.removesuffix(FIN) + b"".join(_bref(s, maintenant) for s in seances) + FIN


def ics(
    seance, *, invitation=None, lien: str = "", annulee: bool = False, publie: bool = False
) -> bytes:
    """A request to one person, or a cancellation; without `invitation`, a file to keep.

    `publie`: told to somebody who is not asked to answer.
    """
    ligne = evenement(seance, lien=lien, annulee=annulee)
    ligne["organizer"] = _organisateur(seance.atelier.service_pilote)
    if invitation is not None:
        ligne.add("attendee", _invite(invitation, repondre=not annulee))
    methode = "CANCEL" if annulee else "PUBLISH" if publie else "REQUEST"
    return calendrier([ligne], {seance.fuseau}, methode=methode)
