"""No sequence of verbs reaches a state that the procedure forbids."""

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from candidatures.dossiers.choix import TONS_ETAT, EtatCandidature
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, FINAUX, MODIFIABLES
from socle.erreurs import MotifRequis, TransitionImpossible


class Dossier:
    def __init__(self):
        self.etat = "brouillon"

    def get_etat_display(self):
        return self.etat


class MachineCandidature(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.dossier, self.chemin = Dossier(), ["brouillon"]

    @rule(verbe=st.sampled_from(CYCLE_CANDIDATURE.verbes), motif=st.sampled_from(["", "Motif"]))
    def tenter(self, verbe, motif):
        avant = self.dossier.etat
        try:
            CYCLE_CANDIDATURE.appliquer(self.dossier, verbe, motif=motif)
        except (TransitionImpossible, MotifRequis):
            assert self.dossier.etat == avant
        else:
            self.chemin.append(str(self.dossier.etat))

    @invariant()
    def connu(self):
        assert self.dossier.etat in EtatCandidature.values

    @invariant()
    def une_retenue_est_passee_par_l_evaluation(self):
        if self.dossier.etat in ("retenue", "non_retenue", "preselectionnee"):
            assert "en_evaluation" in self.chemin
            assert "recevable" in self.chemin
            assert "deposee" in self.chemin

    @invariant()
    def rien_ne_suit_un_etat_final(self):
        """But a retained carrier may renounce: the place goes to the reserve."""
        for etat, suivant in pairwise(self.chemin):
            assert etat not in FINAUX or (etat, suivant) == ("retenue", "retiree")


TestMachineCandidature = MachineCandidature.TestCase


def test_chaque_etat_est_atteint_ou_initial():
    atteints = {t.vers for t in CYCLE_CANDIDATURE.transitions} | {EtatCandidature.BROUILLON}
    assert atteints == set(EtatCandidature)
    assert set(TONS_ETAT) == set(EtatCandidature)


def test_les_etats_finaux_n_ont_pas_de_suite():
    suites = {etat: [t.verbe for t in CYCLE_CANDIDATURE.depuis(etat)] for etat in FINAUX}
    assert suites == {etat: [] for etat in FINAUX} | {"retenue": ["constater_desistement"]}
    assert {e for e in EtatCandidature if not CYCLE_CANDIDATURE.depuis(e)} <= set(FINAUX)
    assert set(MODIFIABLES) == {"brouillon", "a_completer"}
