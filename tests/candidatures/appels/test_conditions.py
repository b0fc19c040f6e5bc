"""Conditions between questions: properties, whatever the graph."""

from hypothesis import given
from hypothesis import strategies as st

from candidatures.appels.choix import Operateur
from candidatures.appels.domaine.conditions import (
    Condition,
    Regle,
    defauts,
    posees,
    sans_reponse,
    tenue,
    vide,
)

CLES = [f"q{i}" for i in range(7)]
VALEURS = st.one_of(
    st.none(),
    st.sampled_from(["", "oui", "non", "12", "12,5", "2027-03-31", "Friche"]),
    st.lists(st.sampled_from(["Friche", "Gare"]), max_size=2),
)
CONDITIONS = st.one_of(
    st.none(),
    st.builds(
        Condition,
        question=st.sampled_from([*CLES, "inconnue"]),
        operateur=st.sampled_from(Operateur.values),
        valeur=st.sampled_from(["", "oui", "12", "Friche", "2027-01-01"]),
    ),
)
GRAPHES = st.permutations(CLES).flatmap(
    lambda cles: st.tuples(
        *[
            st.builds(Regle, cle=st.just(c), obligatoire=st.booleans(), condition=CONDITIONS)
            for c in cles
        ]
    )
)
REPONSES = st.dictionaries(st.sampled_from(CLES), VALEURS)


@given(GRAPHES, REPONSES)
def test_une_question_est_posee_si_sa_condition_tient_et_que_son_objet_est_pose(regles, reponses):
    """Circles included: the evaluation ends, and what it says is consistent."""
    demandees = posees(regles, reponses)
    for regle in regles:
        if regle.condition is None:
            assert regle.cle in demandees
        elif regle.cle in demandees:
            assert regle.condition.question in demandees
            assert tenue(regle.condition, reponses.get(regle.condition.question))


@given(GRAPHES, REPONSES)
def test_une_question_cachee_ne_manque_jamais(regles, reponses):
    absentes = sans_reponse(regles, reponses)
    demandees = posees(regles, reponses)
    attendues = [
        r.cle for r in regles if r.cle in demandees and r.obligatoire and vide(reponses.get(r.cle))
    ]
    assert absentes == attendues


@given(GRAPHES)
def test_un_formulaire_sans_defaut_n_a_pas_de_cercle(regles):
    """What `defauts` accepts can be walked upwards from any question to one without condition."""
    if defauts(regles):
        return
    par_cle = {r.cle: r for r in regles}
    for regle in regles:
        pas = 0
        while regle.condition is not None:
            regle = par_cle[regle.condition.question]
            pas += 1
            assert pas < len(regles)


@given(GRAPHES, REPONSES)
def test_l_ordre_des_regles_ne_change_pas_ce_qui_est_pose(regles, reponses):
    """True when no circle: the browser may hold the rules in any order."""
    if defauts(regles):
        return
    assert posees(regles, reponses) == posees(tuple(reversed(regles)), reponses)


def test_chaque_operateur():
    def dit(operateur, attendu, valeur):
        return tenue(Condition("q", operateur, attendu), valeur)

    assert dit("egal", "Friche", " friche ") is True
    assert dit("egal", "12", "12,0") is True
    assert dit("different", "oui", "non") is True
    assert dit("different", "oui", None) is False
    assert dit("contient", "Gare", ["Friche", "Gare"]) is True
    assert dit("contient", "Gare", "Gare") is False
    assert dit("superieur", "5000", "12 000") is True
    assert dit("inferieur", "5000", "12000") is False
    assert dit("superieur", "2027-03-31", "2027-04-01") is True
    assert dit("rempli", "", []) is False
    assert dit("vide", "", "  ") is True


def test_les_defauts_sont_nommes():
    apres = Regle("a", condition=Condition("b", "rempli"))
    assert defauts([apres, Regle("b")]) == [("a", "apres")]
    assert defauts([Regle("c", condition=Condition("x", "rempli"))]) == [("c", "absente")]
    soi = Regle("d", condition=Condition("d", "rempli"))
    assert defauts([soi]) == [("d", "apres")]
