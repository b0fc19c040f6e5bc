"""French display of figures and dates."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from socle.interface.templatetags import interface as i

N, F = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (66595, f"66{F}595{N}€{N}HT"),
        (Decimal("1250.50"), f"1{F}250,50{N}€{N}HT"),
        (Decimal("40000.00"), f"40{F}000{N}€{N}HT"),
        (0, f"0{N}€{N}HT"),
        (None, ""),
        ("abc", ""),
    ],
)
def test_montant(valeur, attendu):
    assert i.montant(valeur) == attendu


def test_montant_autre_base():
    assert i.montant(10, "TTC") == f"10{N}€{N}TTC"
    assert i.montant(10, "") == f"10{N}€"


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (date(2026, 3, 3), f"mardi 3{N}mars 2026"),
        (date(2026, 5, 1), f"vendredi 1er{N}mai 2026"),
        (datetime(2026, 3, 3, 8, 30, tzinfo=UTC), f"mardi 3{N}mars 2026, 9{N}h{N}30"),
        (datetime(2026, 7, 14, 12, 0, tzinfo=UTC), f"mardi 14{N}juillet 2026, 14{N}h"),
        (None, ""),
    ],
)
def test_date_longue(valeur, attendu):
    assert i.date_longue(valeur) == attendu


def test_jour_abrege():
    jours = [date(2027, 1, 4), date(2027, 6, 1), date(2027, 7, 2), date(2027, 8, 8)]
    assert [i.jour_abrege(j).replace(N, " ") for j in jours] == [
        "lun. 4 janv.", "mar. 1er juin", "ven. 2 juil.", "dim. 8 août",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        (45, f"45{N}min"),
        (90, f"1{N}h{N}30"),
        (120, f"2{N}h"),
        (timedelta(hours=3, minutes=5), f"3{N}h{N}05"),
        (None, ""),
    ],
)
def test_duree(valeur, attendu):
    assert i.duree(valeur) == attendu


@pytest.mark.parametrize(
    ("valeur", "mots", "attendu"),
    [
        (0, "dossier", f"0{N}dossier"),
        (1, "dossier", f"1{N}dossier"),
        (2, "dossier", f"2{N}dossiers"),
        (3, "avis,avis", f"3{N}avis"),
        ([1, 2], "avis,avis", f"2{N}avis"),
        (1500, "habitant", f"1{F}500{N}habitants"),
        (1, "", ""),
        (2, "", "s"),
    ],
)
def test_pluriel(valeur, mots, attendu):
    assert i.pluriel(valeur, mots) == attendu


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [(300, f"1{N}ko"), (840_000, f"840{N}ko"), (1_234_000, f"1,2{N}Mo"), (None, "")],
)
def test_taille_fichier(octets, attendu):
    assert i.taille_fichier(octets) == attendu


def test_fil_ariane():
    assert i.fil_ariane("Ateliers", "/ateliers/", "Doullens") == {
        "liens": [{"titre": "Ateliers", "url": "/ateliers/"}],
        "courant": "Doullens",
    }
    assert i.fil_ariane("Doullens") == {"liens": [], "courant": "Doullens"}


@pytest.mark.parametrize(
    ("debut", "fin", "attendu"),
    [
        (
            datetime(2020, 1, 10, 9),
            datetime(2020, 1, 10, 12),
            f"vendredi 10{N}janvier 2020, de 9{N}h à 12{N}h",
        ),
        (
            datetime(2020, 1, 9, 9, 30),
            datetime(2020, 1, 10, 17),
            f"du jeudi 9{N}janvier 2020, 9{N}h{N}30, au vendredi 10{N}janvier 2020, 17{N}h",
        ),
        (None, None, ""),
    ],
)
def test_periode(debut, fin, attendu):
    assert i.periode(debut, fin) == attendu
