"""Whatever the order of the verbs, no sequence breaks a gate of the selection."""

import sys
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.cycle_de_vie import FINAUX
from candidatures.dossiers.domaine import depot
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine import decision, desistements, evaluation, recevabilite
from candidatures.instruction.droits import decisions_visibles_par
from candidatures.instruction.models import Decision, Evaluation
from socle.erreurs import ErreurMetier
from tests.factories import candidatures as fabrique
from tests.factories.instruction import MOTIF, dans, noter

MOTIFS = st.sampled_from([MOTIF, "  ", MOTIF])
# Nearly always somebody who may: what strangers may not is a handful of tries away.
PERSONNES = st.sampled_from(["dgaln", "ddt", "dgaln", "collectivite", "dgaln", "ddt_autre"])
PORTEURS, DGALN = {"ddt", "collectivite"}, {"dgaln"}
RAREMENT = st.sampled_from(["ddt_autre", "evaluateur", "dgaln", "ddt", "ddt_autre", "collectivite"])


# One end after the other: whatever happened on the way, each is aimed at.
BUTS = ("retenue", "non_retenue", "reorientee", "a_completer", "retiree", "desistee")


class Selection(RuleBasedStateMachine):
    """Each example starts from the same complete brouillon, and is given up at its end."""

    distribution = None
    candidature = None
    but = ""
    atteints = set()
    renoncements = set()

    def __init__(self):
        super().__init__()
        self.essai = transaction.atomic()
        self.essai.__enter__()
        self.fini = None

    def teardown(self):
        """A walk that broke nothing goes to its end, where the gates hold as they did before."""
        if sys.exc_info()[0] is None:
            self.conclure(sens=self.but)
            for porte in PORTES:
                getattr(self, porte)()
        transaction.set_rollback(True)
        self.essai.__exit__(None, None, None)

    @property
    def actuelle(self) -> Candidature:
        return Candidature.objects.get(pk=self.candidature.pk)

    def par(self, nom):
        return getattr(self.distribution, nom)

    def tenter(self, qui, permis, verbe, **parametres):
        """Whoever succeeds was allowed to, by the table of docs/droits.md."""
        try:
            resultat = verbe(par=self.par(qui), **parametres)
        except ErreurMetier:
            return None
        assert qui in permis, (verbe.__name__, qui)
        return resultat

    @rule(qui=PERSONNES, verbe=st.sampled_from(["deposer", "completer"]))
    def transmettre(self, qui, verbe):
        self.tenter(qui, PORTEURS, getattr(depot, verbe), candidature=self.actuelle)

    @rule(qui=RAREMENT, motif=MOTIFS)
    def retirer(self, qui, motif):
        self.tenter(qui, PORTEURS, depot.retirer, candidature=self.actuelle, motif=motif)

    @rule(qui=PERSONNES)
    def recevoir(self, qui):
        self.tenter(qui, DGALN, recevabilite.declarer_recevable, candidature=self.actuelle)

    @rule(qui=RAREMENT, motif=MOTIFS)
    def ecarter(self, qui, motif):
        verbe = recevabilite.declarer_irrecevable
        self.tenter(qui, DGALN, verbe, candidature=self.actuelle, motif=motif)

    @rule(motif=MOTIFS, jours=st.integers(-3, 20))
    def demander(self, motif, jours):
        with suppress(ErreurMetier):
            recevabilite.demander_complements(
                candidature=self.actuelle,
                motif=motif,
                echeance=dans(jours),
                attendus=[recevabilite.Attendu(texte="Préciser.", section="localisation")],
                par=self.distribution.dgaln,
            )

    @rule()
    def evaluer(self):
        """Entrust, open the evaluation and file it: whatever is still possible."""
        with suppress(ErreurMetier):
            evaluation.confier_a_plusieurs(
                candidature=self.actuelle,
                evaluateurs=[self.distribution.evaluateur],
                par=self.distribution.dgaln,
                echeance=dans(15),
            )
        with suppress(ErreurMetier):
            recevabilite.mettre_en_evaluation(
                candidature=self.actuelle, par=self.distribution.dgaln
            )
        with suppress(ErreurMetier, Evaluation.DoesNotExist):
            noter(self.actuelle, self.distribution.evaluateur, [3, 4, 5])

    @rule(
        qui=PERSONNES, sens=st.sampled_from(SensDecision.values), motif=MOTIFS, vers=st.booleans()
    )
    def preparer(self, qui, sens, motif, vers):
        self.tenter(
            qui,
            DGALN,
            decision.preparer_decision,
            candidature=self.actuelle,
            sens=sens,
            motif=motif,
            vers_dispositif=Dispositif.objects.get(code="flash") if vers else None,
        )

    @initialize(pas=st.sampled_from([3, 1, 2, 0]))
    def commencer(self, pas):
        """Examples start all along the line, or few would ever get far."""
        for _ in range(pas):
            self.avancer()

    def avancer(self):
        """One legal step."""
        etat, d = self.actuelle.etat, self.distribution
        if etat == "brouillon":
            depot.deposer(candidature=self.actuelle, par=d.ddt)
        elif etat == "a_completer":
            depot.completer(candidature=self.actuelle, par=d.collectivite)
        elif etat == "deposee":
            recevabilite.declarer_recevable(candidature=self.actuelle, par=d.dgaln)
        else:
            self.evaluer()

    @rule(sens=st.sampled_from(["retenue", "non_retenue", *SensDecision.values]))
    def decider(self, sens):
        self.trancher(sens)

    def trancher(self, sens):
        vers = Dispositif.objects.get(code="flash") if sens == SensDecision.REORIENTEE else None
        with suppress(ErreurMetier):
            prete = decision.preparer_decision(
                candidature=self.actuelle,
                sens=sens,
                motif=MOTIF,
                vers_dispositif=vers,
                par=self.distribution.dgaln,
            )
            decision.publier_decisions(
                ids=[prete.pk], par=self.distribution.dgaln, confirmes=decision.CONFIRMATIONS
            )

    @rule(sens=st.sampled_from(BUTS))
    def conclure(self, sens):
        """From wherever it stands, by legal steps: the ends are otherwise a matter of luck."""
        for _ in range(1 if sens == "a_completer" else 3):
            with suppress(ErreurMetier):
                self.avancer()
        if sens == "a_completer":
            self.demander(MOTIF, 10)
        elif sens == "retiree":
            self.retirer("ddt", MOTIF)
        elif sens == "desistee":
            self.trancher("retenue")
            self.renoncer("dgaln", MOTIF)
        else:
            self.trancher(sens)

    @rule(qui=PERSONNES, motif=MOTIFS)
    def se_desister(self, qui, motif):
        self.renoncer(qui, motif)

    def renoncer(self, qui, motif):
        """The only way out of « retenue », before its atelier opens."""
        avant = self.actuelle.etat
        with suppress(ErreurMetier):
            desistements.constater_desistement(
                candidature=self.actuelle, par=self.par(qui), motif=motif
            )
        if avant != self.actuelle.etat:
            assert (avant, self.actuelle.etat, qui) == ("retenue", "retiree", "dgaln")
            assert motif.strip()
            self.fini = "retiree"
            self.renoncements.add(avant)

    @rule(qui=st.sampled_from(["dgaln", "ddt", "evaluateur"]))
    def publier(self, qui):
        ids = Decision.objects.filter(candidature=self.candidature, publication=None)
        ids = list(ids.values_list("pk", flat=True))
        self.tenter(
            qui, DGALN, decision.publier_decisions, ids=ids, confirmes=decision.CONFIRMATIONS
        )

    @invariant()
    def la_fin_est_la_fin(self):
        etat = self.actuelle.etat
        assert self.fini in (None, etat)
        self.atteints.add(etat)
        self.fini = etat if etat in FINAUX else None

    @invariant()
    def un_etat_decide_a_sa_decision_publiee(self):
        etat = self.actuelle.etat
        publiees = Decision.objects.filter(
            candidature=self.candidature, publication__isnull=False
        ).order_by("pk")
        if etat in ("retenue", "non_retenue", "preselectionnee"):
            assert publiees.last().sens == etat
            assert Evaluation.objects.filter(candidature=self.candidature).exists()
        if etat in ("brouillon", "deposee", "a_completer", "irrecevable"):
            assert not publiees.exists()

    @invariant()
    def la_note_est_figee_des_le_depot(self):
        candidature = self.actuelle
        assert candidature.versions.exists() == (candidature.deposee_le is not None)
        retenues = Decision.objects.filter(
            candidature=candidature, sens="retenue", publication__isnull=False
        )
        assert retenues.exists() == (candidature.version_retenue_id is not None)
        assert candidature.etat in ("retenue", "retiree") or not retenues.exists()

    @invariant()
    def chacun_ne_voit_que_le_sien(self):
        candidature = self.actuelle
        vue = {
            nom
            for nom in ("dgaln", "ddt", "collectivite", "ddt_autre", "collectivite_autre")
            if visibles_par(self.par(nom)).filter(pk=candidature.pk).exists()
        }
        porteurs = {"ddt", "collectivite"}
        assert vue == (porteurs | {"dgaln"} if candidature.deposee_le else porteurs)
        preparees = Decision.objects.filter(candidature=candidature, publication=None)
        for nom in ("ddt", "collectivite", "evaluateur", "ddt_autre"):
            vues = decisions_visibles_par(self.par(nom))
            assert not vues.filter(pk__in=preparees.values("pk")).exists()


PORTES = (
    "la_fin_est_la_fin",
    "un_etat_decide_a_sa_decision_publiee",
    "la_note_est_figee_des_le_depot",
    "chacun_ne_voit_que_le_sien",
)
REGLAGES = settings(
    max_examples=4,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_aucun_ordre_des_verbes_ne_force_une_porte(distribution, monkeypatch):
    complete = fabrique.faire_brouillon(distribution)
    fabrique.remplir(complete, distribution.ddt)
    monkeypatch.setattr(Selection, "distribution", distribution)
    monkeypatch.setattr(Selection, "candidature", complete)
    monkeypatch.setattr(Selection, "atteints", set())
    monkeypatch.setattr(Selection, "renoncements", set())
    for but in BUTS:
        monkeypatch.setattr(Selection, "but", but)
        run_state_machine_as_test(Selection, settings=REGLAGES)
    # The walk is the same at each run: it is known to reach the ends that matter.
    bouts = {"retenue", "non_retenue", "reorientee", "a_completer", "retiree"}
    assert bouts - Selection.atteints == set()
    assert Selection.renoncements == {"retenue"}
