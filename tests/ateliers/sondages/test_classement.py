"""The ranking, against an independent computation."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ateliers.sondages.domaine.classement import Repondant, classer
from ateliers.sondages.domaine.creneaux import croiser

CRENEAUX = [1, 2, 3, 4]
COLLEGES = ["elus", "habitants"]
REPONDANTS = st.lists(
    st.builds(
        Repondant,
        nom=st.sampled_from("ABCDE"),
        college=st.sampled_from(COLLEGES),
        obligatoire=st.booleans(),
        choix=st.dictionaries(
            st.sampled_from(CRENEAUX), st.sampled_from(["oui", "si_besoin", "non"])
        ),
    ),
    max_size=6,
)
QUORUMS = st.dictionaries(st.sampled_from(COLLEGES), st.integers(1, 3))


def meilleur_que(a, b, gens, quorums) -> bool:
    """True when créneau `a` must come before `b`: the rule, told step by step."""

    def indispensables(c):
        return {g.choix.get(c) for g in gens if g.obligatoire}

    def disponibles(c, college=None):
        return [
            g
            for g in gens
            if g.choix.get(c) in ("oui", "si_besoin") and college in (None, g.college)
        ]

    etapes = [
        lambda c: "non" not in indispensables(c),
        lambda c: indispensables(c) <= {"oui", "si_besoin"},
        lambda c: all(len(disponibles(c, k)) >= n for k, n in quorums.items()),
        lambda c: len(disponibles(c)),
        lambda c: sum(g.choix.get(c) == "oui" for g in gens),
    ]
    for etape in etapes:
        if etape(a) != etape(b):
            return etape(a) > etape(b)
    return CRENEAUX.index(a) < CRENEAUX.index(b)


@given(REPONDANTS, QUORUMS)
def test_le_classement_suit_la_regle(gens, quorums):
    ordre = [b.creneau for b in classer(CRENEAUX, gens, quorums)]
    assert sorted(ordre) == CRENEAUX
    for rang, devant in enumerate(ordre):
        assert all(meilleur_que(devant, c, gens, quorums) for c in ordre[rang + 1 :])


@given(REPONDANTS, QUORUMS)
def test_les_totaux_font_le_nombre_de_personnes(gens, quorums):
    for bilan in classer(CRENEAUX, gens, quorums):
        assert bilan.oui + bilan.si_besoin + bilan.non + bilan.muets == len(gens)
        assert bilan.possible == all(
            g.choix.get(bilan.creneau) != "non" for g in gens if g.obligatoire
        )


@pytest.mark.parametrize("jours", [1, 2])
def test_plusieurs_jours_aux_memes_heures(jours):
    mardi, jeudi = date(2027, 3, 2), date(2027, 3, 4)
    plages = croiser([jeudi, mardi, jeudi], [(time(9), time(12)), (time(14), time(17))], jours)
    assert [(d.day, d.hour, f.day, f.hour) for d, f in plages] == [
        (2, 9, 1 + jours, 12),
        (2, 14, 1 + jours, 17),
        (4, 9, 3 + jours, 12),
        (4, 14, 3 + jours, 17),
    ]
