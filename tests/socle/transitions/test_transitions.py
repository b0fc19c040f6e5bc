"""The table engine, under any table and any sequence of verbs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from socle.erreurs import MotifRequis, TransitionImpossible
from socle.transitions import Cycle, Transition

ETATS = ("brouillon", "depose", "retenu", "clos")
VERBES = ("deposer", "retenir", "clore", "rouvrir")


class Objet:
    def __init__(self, etat):
        self.etat = etat

    def get_etat_display(self):
        return self.etat.capitalize()


def _table(lignes):
    return [
        Transition(verbe, (de,), vers, verbe, motif_requis=motif)
        for (verbe, de), (vers, motif) in lignes.items()
    ]


tables = st.dictionaries(
    st.tuples(st.sampled_from(VERBES), st.sampled_from(ETATS)),
    st.tuples(st.sampled_from(ETATS), st.booleans()),
)


@given(tables, st.sampled_from(VERBES), st.sampled_from(ETATS), st.sampled_from(["", " ", "m"]))
def test_la_table_et_elle_seule_decide(lignes, verbe, etat, motif):
    cycle, objet = Cycle("l’objet", _table(lignes)), Objet(etat)
    attendu = lignes.get((verbe, etat))
    assert cycle.possible(verbe, etat) is (attendu is not None)
    if attendu is None:
        with pytest.raises(TransitionImpossible, match=etat.capitalize()):
            cycle.appliquer(objet, verbe, motif=motif)
        assert objet.etat == etat
    elif attendu[1] and not motif.strip():
        with pytest.raises(MotifRequis):
            cycle.appliquer(objet, verbe, motif=motif)
        assert objet.etat == etat
    else:
        assert cycle.appliquer(objet, verbe, motif=motif) == etat
        assert objet.etat == attendu[0]


@given(tables, st.sampled_from(ETATS))
def test_depuis_donne_les_lignes_de_l_etat_dans_l_ordre(lignes, etat):
    cycle = Cycle("l’objet", _table(lignes))
    assert [(t.verbe, t.vers) for t in cycle.depuis(etat)] == [
        (verbe, vers) for (verbe, de), (vers, _) in lignes.items() if de == etat
    ]
    assert set(cycle.verbes) == {verbe for verbe, _ in lignes}


def test_un_verbe_n_a_qu_une_ligne_par_etat():
    doublon = [
        Transition("clore", ("depose",), "clos", ""),
        Transition("clore", ("depose",), "x", ""),
    ]
    with pytest.raises(ValueError, match="clore déclaré deux fois depuis depose"):
        Cycle("l’objet", doublon)


class CycleDesCourriels(RuleBasedStateMachine):
    """A mail that was sent or cancelled never moves again."""

    def __init__(self):
        super().__init__()
        from socle.courriels.cycle_de_vie import CYCLE

        self.cycle, self.objet, self.fini = CYCLE, Objet("retenu"), None

    @rule(
        verbe=st.sampled_from(["liberer", "annuler", "marquer_envoye", "marquer_echec", "renvoyer"])
    )
    def tenter(self, verbe):
        if self.cycle.possible(verbe, self.objet.etat):
            self.cycle.appliquer(self.objet, verbe)
        else:
            with pytest.raises(TransitionImpossible):
                self.cycle.appliquer(self.objet, verbe)

    @precondition(lambda self: self.objet.etat in ("envoye", "annule"))
    @rule()
    def finir(self):
        self.fini = self.fini or self.objet.etat

    @invariant()
    def la_fin_est_la_fin(self):
        assert self.fini in (None, self.objet.etat)


TestCycleDesCourriels = CycleDesCourriels.TestCase
