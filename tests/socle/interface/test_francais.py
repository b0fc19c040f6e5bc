"""Articles and elisions, on the names that the product really shows."""

import pytest

from socle.interface import francais as f
from socle.interface.templatetags import interface as i


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Anne", "d’Anne"),
        ("Élodie Petit", "d’Élodie Petit"),
        ("Essai", "d’Essai"),
        ("Hélène", "d’Hélène"),
        ("Beauval", "de Beauval"),
        ("Yves", "de Yves"),
        ("Oullins", "de Oullins"),
        ("Houdan", "de Houdan"),
        ("Le Havre", "du Havre"),
        ("Les Coëvrons", "des Coëvrons"),
        ("La Bresse", "de La Bresse"),
    ],
)
def test_de(nom, attendu):
    assert f.de(nom) == attendu


@pytest.mark.parametrize(
    ("nom", "article", "du"),
    [
        ("Commune de Doullens", "la commune de Doullens", "de la commune de Doullens"),
        ("DDT de la Somme", "la DDT de la Somme", "de la DDT de la Somme"),
        ("École du paysage", "l’école du paysage", "de l’école du paysage"),
        ("Agence de l’eau", "l’agence de l’eau", "de l’agence de l’eau"),
        ("Syndicat mixte du Tarn", "le syndicat mixte du Tarn", "du syndicat mixte du Tarn"),
        ("Institut des milieux", "l’institut des milieux", "de l’institut des milieux"),
        ("Eurométropole de Metz", "l’eurométropole de Metz", "de l’eurométropole de Metz"),
        ("Tulle Agglo", "Tulle Agglo", "de Tulle Agglo"),
        ("Atelier Rivages", "Atelier Rivages", "d’Atelier Rivages"),
        ("Les Sables d’Olonne", "Les Sables d’Olonne", "des Sables d’Olonne"),
        ("CAUE de la Marne", "le CAUE de la Marne", "du CAUE de la Marne"),
    ],
)
def test_organisme(nom, article, du):
    assert (f.avec_article(nom), f.du(nom)) == (article, du)


def test_le_journal_accorde_ce_qu_il_nomme():
    class Action:
        phrase = "a enregistré la délibération {numero} {organisme:du}"

    details = {"numero": 12, "organisme": "Communauté de communes de Nozay"}
    assert i.phrase_journal(Action, details) == (
        "a enregistré la délibération 12 de la communauté de communes de Nozay"
    )


def test_un_titre_cite_et_une_table_nommee():
    nbsp = "\N{NO-BREAK SPACE}"
    assert f.de_cite("Atelier 1") == f"d’«{nbsp}Atelier 1{nbsp}»"
    assert f.de_cite("Les rives") == f"de «{nbsp}Les rives{nbsp}»"
    assert [f.table_dite(n) for n in ("3", "Table 3", "table verte")] == [
        "Table 3", "Table 3", "table verte",
    ]  # fmt: skip


def test_les_capitales_de_la_phrase_restent():
    assert f.debut_minuscule("Pour l’État") == "pour l’État"
