"""Public holidays, school holidays and distances, by département."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from ateliers.calendrier.solveur.prefectures import PREFECTURES
from ateliers.calendrier.solveur.probleme import Site
from socle.territoires import distances

SUBDIVISIONS = {
    "57": "57",
    "67": "6AE",
    "68": "6AE",
    "971": "971",
    "972": "972",
    "973": "973",
    "974": "974",
    "975": "PM",
    "976": "976",
    "977": "BL",
    "978": "MF",
    "984": "TF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}
_ZONES = {
    "A": "01 03 07 15 16 17 19 21 23 24 25 26 33 38 39 40 42 43 47 58 63 64 69 70 71 73 74 79 86 "
    "87 89 90",
    "B": "02 04 05 06 08 10 13 14 18 22 27 28 29 35 36 37 41 44 45 49 50 51 52 53 54 55 56 57 59 "
    "60 61 62 67 68 72 76 80 83 84 85 88",
    "C": "09 11 12 30 31 32 34 46 48 65 66 75 77 78 81 82 91 92 93 94 95",
}
ZONES = {code: zone for zone, codes in _ZONES.items() for code in codes.split()}
LOIN_KM = 100


@lru_cache(maxsize=256)
def feries(departement: str, annee: int) -> dict[date, str]:
    subdivision = SUBDIVISIONS.get(departement)
    lus = holidays.country_holidays("FR", subdiv=subdivision, years=annee, language="fr")
    return {jour: nom.replace("'", "’") for jour, nom in lus.items()}


def ferie(departement: str, jour: date) -> str:
    """Name of the public holiday, or nothing."""
    return feries(departement, jour.year).get(jour, "")


@lru_cache(maxsize=1)
def _scolaires() -> SchoolHolidayDates:
    return SchoolHolidayDates()


@lru_cache(maxsize=8192)
def vacances(departement: str, jour: date) -> str:
    """Name of the school holidays in this zone, or nothing: also where they are not known.

    Corsica and overseas set their own calendar, which the official data set does not hold.
    """
    zone = ZONES.get(departement)
    if zone is None:
        return ""
    try:
        if not _scolaires().is_holiday_for_zone(jour, zone):
            return ""
        noms = _scolaires().holidays_for_year_and_zone(jour.year, zone)
    except UnsupportedYearException:
        return ""
    nom = noms.get(jour, {}).get("nom_vacances", "") or "Vacances scolaires"
    return nom.replace("'", "’")


@lru_cache(maxsize=4)
def _dernier_jour(zone: str) -> date:
    """Last day of the last summer that the data set holds."""
    cle = f"vacances_zone_{zone.lower()}"
    return max(jour for jour, ligne in _scolaires().data.items() if ligne[cle])


def vacances_connues(departement: str, jour: date) -> bool:
    """False for a zone that the data set does not hold, and after its last holidays."""
    zone = ZONES.get(departement)
    return zone is not None and jour <= _dernier_jour(zone)


def _position(site: Site) -> tuple[float, float] | None:
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    return PREFECTURES.get(site.departement)


def kilometres(un: Site, autre: Site) -> float | None:
    """As the crow flies; None when one of the places is not on the mainland map."""
    a, b = _position(un), _position(autre)
    if a is None or b is None:
        return None
    return distances.kilometres(a, b)


def jours_francs(un: Site, autre: Site) -> int:
    """Full days that a team needs between two sites: none when near, two across the seas."""
    if un.departement == autre.departement and un.fuseau == autre.fuseau:
        return 0
    distance = kilometres(un, autre)
    if distance is None or un.fuseau != autre.fuseau:
        return 2
    return 1 if distance >= LOIN_KM else 0
