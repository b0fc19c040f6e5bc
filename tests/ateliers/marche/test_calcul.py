"""The ranking against an independent recomputation, ties included."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ateliers.marche.calcul.formule import ANoter, Regle, classer, en_toutes_lettres
from ateliers.marche.domaine.reglement import TOTAL, criteres_types

CRITERES = (1, 2, 3)
note = st.integers(0, 20).map(lambda quart: Decimal(quart) / 4)
prix = st.integers(1, 40_000_000).map(lambda centimes: Decimal(centimes) / 100)
# Few prices and notes: ties are common.
note_rare, prix_rare = st.sampled_from([Decimal(2), Decimal(4)]), st.sampled_from([Decimal(100)])


@st.composite
def regles(draw):
    a = draw(st.integers(1, 60))
    b = draw(st.integers(1, 80 - a if a < 79 else 1))
    poids_prix = draw(st.integers(0, 99 - a - b if a + b < 99 else 0))
    return Regle(
        {1: a, 2: b, 3: 100 - a - b - poids_prix},
        poids_prix,
        draw(st.sampled_from(["proportionnelle", "lineaire"])),
        draw(st.sampled_from(["technique", "prix"])),
    )


@st.composite
def lots(draw):
    rares = draw(st.booleans())
    notes, montants = (note_rare, prix_rare) if rares else (note, prix)
    return [
        ANoter(cle, draw(montants), {c: draw(notes) for c in CRITERES})
        for cle in range(1, draw(st.integers(1, 6)) + 1)
    ]


def au_centieme(valeur: Fraction) -> int:
    """Half up, in hundredths, with integers only."""
    return (valeur.numerator * 200 + valeur.denominator) // (2 * valeur.denominator)


def recalculer(lot, regle):
    """The règlement read again, in another way: integers of hundredths, sort by tuple."""
    bas = min(Fraction(str(offre.prix)) for offre in lot)
    lignes = {}
    for offre in lot:
        technique = sum(
            au_centieme(Fraction(str(offre.notes[c])) * regle.poids[c] / 5) for c in CRITERES
        )
        montant = Fraction(str(offre.prix))
        if regle.formule == "proportionnelle":
            cout = au_centieme(regle.poids_prix * bas / montant)
        else:
            cout = au_centieme(max(Fraction(0), regle.poids_prix * (2 - montant / bas)))
        second = technique if regle.departage == "technique" else -montant
        lignes[offre.cle] = (technique + cout, second, technique, cout)
    rangs = {}
    for cle, (total, second, _, _) in lignes.items():
        devant = [autre for autre in lignes.values() if autre[:2] > (total, second)]
        pareils = [autre for autre in lignes.values() if autre[:2] == (total, second)]
        rangs[cle] = (len(devant) + 1, len(pareils) > 1)
    return lignes, rangs


@given(lots(), regles())
def test_le_classement_est_celui_du_reglement_relu_autrement(lot, regle):
    lignes, rangs = recalculer(lot, regle)
    obtenu = {
        ligne.cle: (
            int(ligne.total * 100),
            int(ligne.technique * 100),
            int(ligne.prix * 100),
            (ligne.rang, ligne.ex_aequo),
        )
        for ligne in classer(lot, regle)
    }
    assert obtenu == {
        cle: (total, technique, cout, rangs[cle])
        for cle, (total, _, technique, cout) in lignes.items()
    }


@given(lots(), regles(), st.randoms())
def test_l_ordre_du_registre_ne_change_rien(lot, regle, hasard):
    melange = list(lot)
    hasard.shuffle(melange)
    assert classer(melange, regle) == classer(lot, regle)


@given(lots(), regles())
def test_le_total_est_la_somme_de_ce_qui_est_montre(lot, regle):
    for ligne in classer(lot, regle):
        assert ligne.total == sum(ligne.points.values()) + ligne.prix
        assert 0 <= ligne.total <= Decimal("100.02")


def offre(cle, montant, une, deux=4):
    return ANoter(cle, Decimal(montant), {1: Decimal(une), 2: Decimal(deux)})


def test_vingt_fois_le_plus_bas_sur_le_prix():
    regle = Regle({1: 40, 2: 40}, 20, "proportionnelle", "technique")
    lignes = classer([offre(1, 100_000, 5), offre(2, 75_000, 3)], regle)
    assert [(x.cle, x.rang, x.technique, x.prix, x.total) for x in lignes] == [
        (1, 1, Decimal("72.00"), Decimal("15.00"), Decimal("87.00")),
        (2, 2, Decimal("56.00"), Decimal("20.00"), Decimal("76.00")),
    ]


def test_lineaire_ne_descend_pas_sous_zero():
    regle = Regle({1: 40, 2: 40}, 20, "lineaire", "technique")
    lignes = classer([offre(1, 100, 4), offre(2, 150, 4), offre(3, 250, 4)], regle)
    assert [x.prix for x in lignes] == [Decimal(20), Decimal(10), Decimal(0)]


def test_egalite_departagee_ou_ex_aequo():
    # 72 + 15 and 67 + 20: the same total, the technical note settles it.
    regle = Regle({1: 50, 2: 30}, 20, "proportionnelle", "technique")
    a, b = offre(1, 100, "4.8", 4), offre(2, 75, "4.3", 4)
    lignes = classer([b, a], regle)
    assert [(x.cle, x.rang, x.ex_aequo, x.departagee) for x in lignes] == [
        (1, 1, False, True),
        (2, 2, False, True),
    ]
    par_prix = classer([a, b], Regle(regle.poids, 20, "proportionnelle", "prix"))
    assert [x.cle for x in par_prix] == [2, 1]
    jumelles = classer([offre(1, 100, 4), offre(2, 100, 4), offre(3, 100, 3)], regle)
    assert [(x.rang, x.ex_aequo) for x in jumelles] == [(1, True), (1, True), (3, False)]


def test_la_formule_se_lit():
    phrases = en_toutes_lettres(Regle({1: 80}, 20, "proportionnelle", "prix"))
    assert phrases[1] == (
        "Le prix donne 20 × le prix le plus bas ÷ le prix de l’offre : "
        "l’offre la moins chère reçoit 20 points."
    )


@pytest.mark.parametrize("code", ["national", "local"])
def test_les_criteres_d_usage_font_cent(code):
    usage = criteres_types(SimpleNamespace(pk=code))
    assert usage["prix"] + sum(critere["poids"] for critere in usage["criteres"]) == TOTAL
