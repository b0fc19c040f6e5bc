"""Weighted mean and ranking, as pure functions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidatures.instruction.domaine.synthese import (
    LigneCritere,
    Synthese,
    arrondir,
    classer,
    exacte,
    mediane,
    moyenne_ponderee,
    synthese,
)
from tests.factories.instruction import faire_en_evaluation, faire_evaluateur, noter

NOTES = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 20)), min_size=1, max_size=12)
MOYENNES = st.dictionaries(
    st.integers(1, 200),
    st.none() | st.decimals(0, 5, places=2, allow_nan=False, allow_infinity=False),
    max_size=30,
)


@given(NOTES)
def test_la_moyenne_reste_entre_la_plus_basse_et_la_plus_haute(notes):
    moyenne = moyenne_ponderee(notes)
    assert min(n for n, _ in notes) <= moyenne <= max(n for n, _ in notes)


@given(NOTES, st.integers(2, 9))
def test_multiplier_tous_les_poids_ne_change_rien(notes, facteur):
    assert moyenne_ponderee(notes) == moyenne_ponderee([(n, p * facteur) for n, p in notes])


@given(NOTES)
def test_un_poids_compte_comme_une_repetition(notes):
    repetees = [(n, 1) for n, p in notes for _ in range(p)]
    assert moyenne_ponderee(notes) == moyenne_ponderee(repetees)


@given(NOTES, st.data())
def test_l_ordre_des_criteres_ne_change_rien(notes, donnees):
    assert moyenne_ponderee(donnees.draw(st.permutations(notes))) == moyenne_ponderee(notes)


@given(MOYENNES)
def test_le_classement_suit_les_moyennes(moyennes):
    rangs = classer(moyennes)
    assert set(rangs) == {cle for cle, valeur in moyennes.items() if valeur is not None}
    for a in rangs:
        for b in rangs:
            assert (rangs[a] < rangs[b]) == (moyennes[a] > moyennes[b])


@given(MOYENNES)
def test_le_premier_rang_est_toujours_pris_et_les_ex_aequo_en_sautent(moyennes):
    rangs = sorted(classer(moyennes).values())
    for indice, rang in enumerate(rangs):
        assert rang <= indice + 1
        assert rangs.index(rang) + 1 == rang


@given(NOTES)
def test_la_colonne_rend_la_fraction_exacte(notes):
    moyenne = moyenne_ponderee(notes)
    assert exacte(arrondir(moyenne, 20)) == moyenne


@pytest.mark.parametrize(
    ("notes", "moyenne", "ecart"),
    [
        (((3, 3, 5), (4, 4, 3), (4, 4, 3)), "3.67", "0.50"),
        (((3, 3, 3), (4, 4, 3), (4, 3, 5)), "3.56", "0.83"),
        (((2, 2, 4), (2, 4, 2)), "2.50", "0.33"),
    ],
)
def test_la_moyenne_et_l_ecart_s_arrondissent_une_seule_fois(notes, moyenne, ecart):
    """By hand, weights 3, 2, 1: never the mean of rounded means, nor a difference of them."""
    lues = tuple(moyenne_ponderee(zip(n, (3, 2, 1), strict=True)) for n in notes)
    lue = Synthese(attendues=len(lues), deposees=len(lues), moyennes=lues)
    assert (str(lue.moyenne), str(lue.dispersion)) == (moyenne, ecart)


def test_sans_note_pas_de_moyenne():
    assert moyenne_ponderee([]) is None
    assert mediane([]) is None
    assert classer({1: None}) == {}


def test_la_synthese_ne_compte_que_les_evaluations_deposees(distribution):
    second, troisieme = (faire_evaluateur(distribution, rang) for rang in (1, 2))
    candidature = faire_en_evaluation(
        distribution, evaluateurs=[distribution.evaluateur, second, troisieme]
    )
    noter(candidature, distribution.evaluateur, (4, 4, 4))
    noter(candidature, second, (2, 2, 2))
    noter(candidature, troisieme, (5, 5, 5), deposer=False)
    lue = synthese(candidature)
    assert (lue.attendues, lue.deposees) == (3, 2)
    assert (lue.moyenne, lue.mediane) == (Decimal("3.00"), Decimal("3.00"))
    assert (lue.minimum, lue.maximum, lue.dispersion) == (2, 4, 2)
    assert lue.manquants == (troisieme.nom_complet,)
    assert [ligne.notes for ligne in lue.criteres] == [(2, 4)] * 3


@pytest.mark.parametrize(
    ("moyennes", "notes", "attendu"),
    [
        (("2.00", "3.49"), ((3, 5),), False),
        (("2.00", "3.50"), ((3, 5),), True),
        (("3.00", "3.00"), ((1, 4), (5, 2)), True),
        ((), (), False),
    ],
)
def test_le_desaccord_suit_la_regle_affichee(moyennes, notes, attendu):
    lues = tuple(Fraction(m) for m in moyennes)
    lignes = tuple(LigneCritere("C", 1, tuple(sorted(n)), None) for n in notes)
    lue = Synthese(
        attendues=2,
        deposees=len(lues),
        moyennes=lues,
        criteres=lignes,
    )
    assert lue.desaccord is attendu
