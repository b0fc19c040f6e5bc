"""The .ics of a séance. Its UID never changes: a new date replaces the former in the diary."""

from __future__ import annotations

from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

MIME = "text/calendar"
PRODUIT = "-//Atelier des territoires//FR"


def uid(seance) -> str:
    return f"seance-{seance.pk}@atelier-des-territoires"


def _organisateur(organisme):
    adresse = vCalAddress(f"mailto:{organisme.courriel or 'ne-pas-repondre@invalid'}")
    adresse.params["cn"] = vText(organisme.nom)
    return adresse


def ics(seance, *, lien: str = "", annulee: bool = False) -> bytes:
    """A request, or a cancellation. Times are those of the site's own zone, with its rules."""
    evenement = Event()
    evenement.add("uid", uid(seance))
    evenement.add("dtstamp", timezone.now())
    evenement.add("dtstart", seance.debut_prevu.astimezone(seance.zone))
    evenement.add("dtend", seance.fin_prevu.astimezone(seance.zone))
    evenement.add("summary", f"{seance.titre} – {seance.atelier.nom}")
    lieu = ", ".join(t for t in (seance.lieu, seance.adresse) if t)
    if lieu:
        evenement.add("location", lieu)
    textes = [seance.objectif, f"Répondre : {lien}" if lien else ""]
    if any(textes):
        evenement.add("description", "\n\n".join(t for t in textes if t))
    evenement.add("sequence", seance.glissements.count() + int(annulee))
    evenement.add("status", "CANCELLED" if annulee else "CONFIRMED")
    evenement["organizer"] = _organisateur(seance.atelier.service_pilote)
    calendrier = Calendar()
    calendrier.add("prodid", PRODUIT)
    calendrier.add("version", "2.0")
    calendrier.add("method", "CANCEL" if annulee else "REQUEST")
    calendrier.add_component(evenement)
    calendrier.add_missing_timezones()
    return calendrier.to_ical()
