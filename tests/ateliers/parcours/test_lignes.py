"""Rows of a form: what is empty is folded, what is missing says what to write."""

from ateliers.cadrage.forms.cahier import FormulaireCompetences
from ateliers.marche.forms.marche import FormulaireOffre


def test_les_lignes_vides_se_replient_sans_rien_cacher_de_saisi():
    vide = FormulaireOffre(vierges=7)
    assert (vide.nombre, vide.montrees, vide.repliees) == (7, 2, 5)
    court = FormulaireCompetences(lignes=[{"discipline": "paysage", "jours": 4}])
    assert (court.nombre, court.repliees) == (4, 0)
    rempli = FormulaireOffre({"ligne2_jours": "3", "ligne6_nom": ""}, vierges=7)
    assert (rempli.montrees, rempli.repliees) == (7, 0)  # Two empty ones would be too few to fold.


def test_une_ligne_incomplete_dit_quoi_ecrire():
    form = FormulaireCompetences({"ligne0_discipline": "paysage", "ligne0_jours": ""})
    assert form.errors == {"ligne0_jours": ["Donnez un nombre."]}
