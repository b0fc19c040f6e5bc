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
from socle.interface.templatetags.interface import heure

MIME = "text/calendar"
PRODUIT = "-//Atelier des territoires//FR"
UID = re.compile(r"^seance-(\d{1,18})@atelier-des-territoires$")
PARTSTATS = {
    Reponse.ATTENDUE: "NEEDS-ACTION",
    Reponse.ACCEPTE: "ACCEPTED",
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
    lignes = []
    for s in seance.sequences.all():
        jour = f"Jour {s.jour}, " if s.jour > 1 else ""
        lignes.append(f"{jour}{heure(s.debut)} : {s.titre}")
    textes = [seance.objectif, "\n".join(lignes), f"Répondre : {lien}" if lien else ""]
    return "\n\n".join(t for t in textes if t)


def evenement(seance, *, complet: bool = True, lien: str = "", annulee: bool = False) -> Event:
    """One VEVENT, in the time zone of the site. Not `complet`: what a feed may carry."""
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


def ics(seance, *, invitation=None, lien: str = "", annulee: bool = False) -> bytes:
    """A request to one person, or a cancellation; without `invitation`, a file to keep."""
    ligne = evenement(seance, lien=lien, annulee=annulee)
    ligne["organizer"] = _organisateur(seance.atelier.service_pilote)
    if invitation is not None:
        ligne.add("attendee", _invite(invitation, repondre=not annulee))
    methode = "CANCEL" if annulee else "REQUEST"
    return calendrier([ligne], {seance.fuseau}, methode=methode)
