"""Public holidays, school holidays and distances, by département."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

import holidays
from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

from ateliers.calendrier.solveur.probleme import Site

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
# Latitude and longitude of each préfecture, to a tenth of a degree: enough to tell near from far.
_PREFECTURES = """01 46.2 5.2,02 49.6 3.6,03 46.6 3.3,04 44.1 6.2,05 44.6 6.1,06 43.7 7.3,07 44.7
4.6,08 49.8 4.7,09 43.0 1.6,10 48.3 4.1,11 43.2 2.4,12 44.4 2.6,13 43.3 5.4,14 49.2 -0.4,15 44.9
2.4,16 45.6 0.2,17 46.2 -1.2,18 47.1 2.4,19 45.3 1.8,2A 41.9 8.7,2B 42.7 9.4,21 47.3 5.0,22 48.5
-2.8,23 46.2 1.9,24 45.2 0.7,25 47.2 6.0,26 44.9 4.9,27 49.0 1.2,28 48.4 1.5,29 48.0 -4.1,30 43.8
4.4,31 43.6 1.4,32 43.6 0.6,33 44.8 -0.6,34 43.6 3.9,35 48.1 -1.7,36 46.8 1.7,37 47.4 0.7,38 45.2
5.7,39 46.7 5.6,40 43.9 -0.5,41 47.6 1.3,42 45.4 4.4,43 45.0 3.9,44 47.2 -1.6,45 47.9 1.9,46 44.4
1.4,47 44.2 0.6,48 44.5 3.5,49 47.5 -0.6,50 49.1 -1.1,51 49.0 4.4,52 48.1 5.1,53 48.1 -0.8,54 48.7
6.2,55 48.8 5.2,56 47.7 -2.8,57 49.1 6.2,58 47.0 3.2,59 50.6 3.1,60 49.4 2.1,61 48.4 0.1,62 50.3
2.8,63 45.8 3.1,64 43.3 -0.4,65 43.2 0.1,66 42.7 2.9,67 48.6 7.8,68 48.1 7.4,69 45.8 4.8,70 47.6
6.2,71 46.3 4.8,72 48.0 0.2,73 45.6 5.9,74 45.9 6.1,75 48.9 2.4,76 49.4 1.1,77 48.5 2.7,78 48.8
2.1,79 46.3 -0.5,80 49.9 2.3,81 43.9 2.1,82 44.0 1.4,83 43.1 5.9,84 43.9 4.8,85 46.7 -1.4,86 46.6
0.3,87 45.8 1.3,88 48.2 6.4,89 47.8 3.6,90 47.6 6.9,91 48.6 2.4,92 48.9 2.2,93 48.9 2.4,94 48.8
2.5,95 49.0 2.1"""
PREFECTURES = {
    code: (float(lat), float(lon))
    for code, lat, lon in (ligne.split() for ligne in _PREFECTURES.replace("\n", " ").split(","))
}
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
    return noms.get(jour, {}).get("nom_vacances", "") or "Vacances scolaires"


def vacances_connues(departement: str, jour: date) -> bool:
    """False for a zone or a year that the data set does not hold."""
    return departement in ZONES and jour.year <= _scolaires().max_year


def _position(site: Site) -> tuple[float, float] | None:
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    return PREFECTURES.get(site.departement)


def kilometres(un: Site, autre: Site) -> float | None:
    """As the crow flies; None when one of the places is not on the mainland map."""
    a, b = _position(un), _position(autre)
    if a is None or b is None:
        return None
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, p)) for p in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(h))


def jours_francs(un: Site, autre: Site) -> int:
    """Full days that a team needs between two sites: none when near, two across the seas."""
    if un.departement == autre.departement and un.fuseau == autre.fuseau:
        return 0
    distance = kilometres(un, autre)
    if distance is None or un.fuseau != autre.fuseau:
        return 2
    return 1 if distance >= LOIN_KM else 0
