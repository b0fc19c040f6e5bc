"""The validator's own reading of days and distances agrees with the one the solver uses."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from ateliers.calendrier.solveur import geographie, temoins
from ateliers.calendrier.solveur.prefectures import PREFECTURES
from ateliers.calendrier.solveur.probleme import Site

OUTRE_MER = ("971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988")
JOURS = [date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 365)]


def test_le_validateur_lit_les_memes_jours():
    """Two readings written apart: three years overseas and in turn elsewhere, each day of one."""
    annees = [JOURS[n : n + 365] for n in (0, 365, 730)]
    tour = [(code, annees[rang % 3]) for rang, code in enumerate(sorted(PREFECTURES))]
    for code, jours in (*tour, *((code, JOURS) for code in (*OUTRE_MER, "67", "75", "13"))):
        lus = [(bool(geographie.ferie(code, j)), bool(geographie.vacances(code, j))) for j in jours]
        assert lus == [(temoins.chome(code, j), temoins.conges(code, j)) for j in jours], code


def test_le_validateur_lit_les_memes_distances():
    sites = [Site(c) for c in (*PREFECTURES, *OUTRE_MER)] + [Site("974", "Indian/Reunion")]
    for un, autre in combinations(sites, 2):
        assert geographie.jours_francs(un, autre) == temoins.nuits(un, autre)


@pytest.mark.parametrize(
    ("un", "autre", "km"),
    [("75", "13", 660), ("59", "69", 560), ("29", "67", 890), ("06", "2A", 240), ("31", "44", 465)],
)
def test_les_prefectures_sont_a_leur_place(un, autre, km):
    assert abs(geographie.kilometres(Site(un), Site(autre)) - km) < 40


@pytest.mark.parametrize(
    ("departement", "jour", "connues"),
    [
        ("80", date(2028, 7, 14), True),
        ("80", date(2028, 10, 20), False),
        ("974", date(2027, 7, 14), False),
    ],
)
def test_les_vacances_ne_sont_connues_que_jusqu_a_la_fin_des_donnees(departement, jour, connues):
    assert geographie.vacances_connues(departement, jour) is connues
