"""From appointments to busy intervals [start, end): pure functions, UTC, nothing of the database.

What comes out holds two instants and nothing else: no title, no place, no person.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar.cal import Component

Intervalle = tuple[datetime, datetime]


def fusionner(intervalles: Iterable[Intervalle]) -> list[Intervalle]:
    """The fewest intervals that cover the same instants; those that touch become one."""
    resultat: list[Intervalle] = []
    for debut, fin in sorted((d, f) for d, f in intervalles if d < f):
        if resultat and debut <= resultat[-1][1]:
            resultat[-1] = (resultat[-1][0], max(fin, resultat[-1][1]))
        else:
            resultat.append((debut, fin))
    return resultat


def borner(intervalles: Iterable[Intervalle], debut: datetime, fin: datetime) -> list[Intervalle]:
    """What falls between two instants."""
    coupes = ((max(d, debut), min(f, fin)) for d, f in intervalles)
    return [(d, f) for d, f in coupes if d < f]


def chevauche(intervalles: Iterable[Intervalle], debut: datetime, fin: datetime) -> bool:
    return any(d < fin and f > debut for d, f in intervalles)


def sans(intervalles: Iterable[Intervalle], connus: set[Intervalle]) -> list[Intervalle]:
    """All but those that are, to the minute, one of `connus`: our own séances read back."""
    return [i for i in intervalles if i not in connus]


def _instant(valeur: date | datetime, zone: ZoneInfo) -> datetime:
    """A day starts at midnight in the owner's zone; a floating hour is read there too."""
    if not isinstance(valeur, datetime):
        valeur = datetime.combine(valeur, time())
    if valeur.tzinfo is None:
        valeur = valeur.replace(tzinfo=zone)
    return valeur.astimezone(UTC)


def bornes(evenement: Component, zone: ZoneInfo) -> Intervalle | None:
    """One occurrence; None when it lasts no time."""
    debut = evenement.decoded("DTSTART", None)
    if debut is None:
        return None
    fin, duree = evenement.decoded("DTEND", None), evenement.decoded("DURATION", None)
    if fin is None and duree is not None:
        fin = debut + duree
    if fin is None:
        fin = debut if isinstance(debut, datetime) else debut + timedelta(days=1)
    intervalle = (_instant(debut, zone), _instant(fin, zone))
    return intervalle if intervalle[0] < intervalle[1] else None


def occupe(evenement: Component, courriel: str = "") -> bool:
    """Neither cancelled, nor shown as free, nor declined by `courriel`."""
    if str(evenement.get("STATUS", "")).upper() == "CANCELLED":
        return False
    if str(evenement.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    invites = evenement.get("ATTENDEE", [])
    for invite in invites if isinstance(invites, list) else [invites]:
        adresse = str(invite).lower().removeprefix("mailto:")
        refus = str(invite.params.get("PARTSTAT", "")).upper() == "DECLINED"
        if courriel and adresse == courriel.lower() and refus:
            return False
    return True


def des_evenements(evenements, zone: ZoneInfo, *, courriel: str = ""):
    """Busy intervals of occurrences already expanded."""
    trouves = []
    for evenement in evenements:
        if not occupe(evenement, courriel):
            continue
        if intervalle := bornes(evenement, zone):
            trouves.append(intervalle)
    return trouves


def d_un_bilan(texte: str | bytes) -> list[Intervalle]:
    """The answer to a free-busy query. « Perhaps » counts as busy; only FREE does not."""
    trouves: list[Intervalle] = []
    for bilan in Calendar.from_ical(texte).walk("VFREEBUSY"):
        lignes = bilan.get("FREEBUSY", [])
        for ligne in lignes if isinstance(lignes, list) else [lignes]:
            trouves += _periodes(ligne)
    return trouves


def _periodes(ligne) -> list[Intervalle]:
    if str(ligne.params.get("FBTYPE", "BUSY")).upper() == "FREE":
        return []
    valeurs = getattr(ligne, "dts", None)
    periodes = [v.dt for v in valeurs] if valeurs is not None else [ligne.dt]
    paires = [(d, d + f if isinstance(f, timedelta) else f) for d, f in periodes]
    return [(d.astimezone(UTC), f.astimezone(UTC)) for d, f in paires if d < f]
