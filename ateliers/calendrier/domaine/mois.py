"""One month as weeks of days. Plain values: the template only writes them."""

from __future__ import annotations

from calendar import Calendar as Semaines
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from ateliers.calendrier.domaine.jours import feries_dits, periodes_de_vacances

ZONES = ("A", "B", "C")


@dataclass
class Jour:
    date: date
    dans_le_mois: bool
    aujourdhui: bool
    ferie: str = ""
    vacances: str = ""
    reserve: str = ""
    seances: list = field(default_factory=list)


def mois_lu(texte: str) -> date:
    """« 2027-03 »; this month when it is missing or unreadable."""
    try:
        annee, mois = texte.split("-")
        return date(int(annee), int(mois), 1)
    except ValueError:
        return timezone.localdate().replace(day=1)


def decaler(premier: date, mois: int) -> date:
    total = premier.year * 12 + premier.month - 1 + mois
    return date(total // 12, total % 12 + 1, 1)


def bornes(premier: date) -> tuple[date, date]:
    jours = [j for semaine in Semaines().monthdatescalendar(*_cle(premier)) for j in semaine]
    return jours[0], jours[-1]


def _cle(premier):
    return premier.year, premier.month


def semaines(premier: date, seances, *, codes=(), reserves=()) -> list[list[Jour]]:
    """Each séance on each of its days. `codes`: départements of the ateliers shown."""
    du, au = bornes(premier)
    zones, feries = _zones_en_vacances(du, au), feries_dits(codes, du, au)
    siennes = [r for r in reserves if not codes or r.concerne(codes)]
    aujourdhui = timezone.localdate()
    jours = {
        j: Jour(
            j,
            j.month == premier.month,
            j == aujourdhui,
            feries.get(j, ""),
            zones[j],
            ", ".join(r.nom for r in siennes if r.debut <= j <= r.fin),
        )
        for j in (du + timedelta(days=n) for n in range((au - du).days + 1))
    }
    for seance in seances:
        jour = max(seance.du, du)
        while jour <= min(seance.au, au):
            jours[jour].seances.append(seance)
            jour += timedelta(days=1)
    rangees = list(jours.values())
    return [rangees[n : n + 7] for n in range(0, len(rangees), 7)]


def _zones_en_vacances(du, au) -> dict[date, str]:
    """« vacances zones A, B »: the school zones on holiday that day."""
    par_jour = {du + timedelta(days=n): [] for n in range((au - du).days + 1)}
    for zone in ZONES:
        for _, debut, fin in periodes_de_vacances(zone, du, au):
            jour = debut
            while jour <= fin:
                par_jour[jour].append(zone)
                jour += timedelta(days=1)
    return {
        jour: f"vacances zone{'s' * (len(zones) > 1)} {', '.join(zones)}" if zones else ""
        for jour, zones in par_jour.items()
    }
