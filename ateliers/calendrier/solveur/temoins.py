"""A second reading of days and distances, for the validator: written apart from `geographie`.

Public holidays are computed from the law, school holidays are read from the official table with
the zones told by académie, distances come from vectors. Where the two readings differ, a test
fails. Only the coordinates of the préfectures are common: they are data.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from math import acos, cos, radians, sin

from vacances_scolaires_france import SchoolHolidayDates

from ateliers.calendrier.solveur.prefectures import PREFECTURES

FIXES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Days after Easter: Monday, Ascension, Whit Monday.
MOBILES = (1, 39, 50)
LOCAUX = {
    "57": ((12, 26),),
    "67": ((12, 26),),
    "68": ((12, 26),),
    "971": ((5, 27), (7, 21)),
    "972": ((5, 22), (7, 21)),
    "973": ((6, 10),),
    "974": ((12, 20),),
    "976": ((4, 27),),
    "977": ((10, 9),),
    "978": ((5, 28), (7, 21)),
    "986": ((4, 28), (6, 29), (7, 29)),
    "987": ((3, 5), (11, 20)),
    "988": ((9, 24),),
}
# Good Friday; mid-Lent too in Guadeloupe.
LOCAUX_MOBILES = {"57": (-2,), "67": (-2,), "68": (-2,), "971": (-24, -2), "987": (-2,)}
ACADEMIES = {
    "A": (
        "25 39 70 90",  # Besançon
        "24 33 40 47 64",  # Bordeaux
        "03 15 43 63",  # Clermont-Ferrand
        "21 58 71 89",  # Dijon
        "07 26 38 73 74",  # Grenoble
        "19 23 87",  # Limoges
        "01 42 69",  # Lyon
        "16 17 79 86",  # Poitiers
    ),
    "B": (
        "04 05 13 84",  # Aix-Marseille
        "02 60 80",  # Amiens
        "59 62",  # Lille
        "54 55 57 88",  # Nancy-Metz
        "44 49 53 72 85",  # Nantes
        "06 83",  # Nice
        "14 27 50 61 76",  # Normandie
        "18 28 36 37 41 45",  # Orléans-Tours
        "08 10 51 52",  # Reims
        "22 29 35 56",  # Rennes
        "67 68",  # Strasbourg
    ),
    "C": (
        "77 93 94",  # Créteil
        "11 30 34 48 66",  # Montpellier
        "75",  # Paris
        "09 12 31 32 46 65 81 82",  # Toulouse
        "78 91 92 95",  # Versailles
    ),
}
RAYON_KM = 6371


def paques(annee: int) -> date:
    """Gregorian Easter (Meeus, Jones and Butcher)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    reste = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * reste) // 433
    mois = (h + reste - 7 * m + 90) // 25
    return date(annee, mois, (h + reste - 7 * m + 33 * mois + 19) % 32)


def chome(departement: str, jour: date) -> bool:
    fixes = FIXES + LOCAUX.get(departement, ())
    mobiles = MOBILES + LOCAUX_MOBILES.get(departement, ())
    return (jour.month, jour.day) in fixes or any(
        jour == paques(jour.year) + timedelta(days=n) for n in mobiles
    )


@lru_cache(maxsize=1)
def _table() -> dict:
    return SchoolHolidayDates().data


def zone(departement: str) -> str:
    return next((z for z, codes in ACADEMIES.items() if departement in " ".join(codes).split()), "")


def conges(departement: str, jour: date) -> bool:
    """During the school holidays of its académie, where they are known."""
    ligne, lettre = _table().get(jour), zone(departement)
    return bool(ligne and lettre and ligne[f"vacances_zone_{lettre.lower()}"])


def _vecteur(site):
    connu = site.latitude is not None and site.longitude is not None
    point = (site.latitude, site.longitude) if connu else PREFECTURES.get(site.departement)
    if point is None:
        return None
    lat, lon = map(radians, point)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def nuits(un, autre) -> int:
    """Full days to leave between two séances of the same people on these sites."""
    if un.departement == autre.departement and un.fuseau == autre.fuseau:
        return 0
    a, b = _vecteur(un), _vecteur(autre)
    if un.fuseau != autre.fuseau or a is None or b is None:
        return 2
    produit = sum(x * y for x, y in zip(a, b, strict=True))
    return 1 if RAYON_KM * acos(max(-1.0, min(1.0, produit))) >= 100 else 0
