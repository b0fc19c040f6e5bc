"""The same gates with more verbs (avis, déports, phases, batches, committee), by other walks at
each run: a failure prints the example to play again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from candidatures.comite.domaine import comites
from candidatures.comite.models import Comite
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import avis, deports, lots, phases
from candidatures.instruction.droits import confiee_a, peut_lire_notes
from candidatures.instruction.models import Avis, Deport, Lot
from tests.candidatures.instruction.test_machine import DGALN, MOTIFS, PORTES, Selection
from tests.factories import candidatures as fabrique
from tests.factories.instruction import dans

TOUS = st.sampled_from(["dgaln", "dgaln", "dreal", "evaluateur", "ddt", "collectivite"])
CLES = st.sampled_from(["evaluation", "comite", "decision"])


class SelectionElargie(Selection):
    @rule(qui=TOUS)
    def demander_un_avis(self, qui):
        self.tenter(
            qui,
            DGALN,
            avis.demander_avis,
            candidature=self.actuelle,
            organisme=self.distribution.dreal.organisme,
            echeance=dans(10),
        )

    @rule(qui=TOUS)
    def rendre_un_avis(self, qui):
        if demande := Avis.objects.filter(candidature=self.candidature).first():
            lu = {"avis": demande, "sens": "favorable", "texte": "Oui."}
            self.tenter(qui, {"dreal"}, avis.rendre_avis, **lu)

    @rule(qui=TOUS, motif=MOTIFS)
    def deporter_l_evaluateur(self, qui, motif):
        self.tenter(
            qui,
            {"dgaln", "evaluateur"},
            deports.declarer_deport,
            candidature=self.actuelle,
            personne=self.distribution.evaluateur,
            motif=motif,
        )

    @rule(qui=TOUS, motif=MOTIFS)
    def lever_le_deport(self, qui, motif):
        actifs = Deport.objects.filter(candidature=self.candidature, leve_le__isnull=True)
        if deport := actifs.first():
            self.tenter(qui, DGALN, deports.lever_deport, deport=deport, motif=motif)

    @rule(qui=TOUS, genre=CLES, debut=st.integers(-9, 2), duree=st.integers(0, 9))
    def dater_une_phase(self, qui, genre, debut, duree):
        periode = phases.Periode(dans(debut), dans(debut + duree), False)
        lu = {"appel": self.actuelle.appel, "periodes": {genre: periode}}
        self.tenter(qui, DGALN, phases.dater_phases, **lu)

    @rule(qui=TOUS, genre=st.sampled_from(["recevable", "evaluation"]))
    def traiter_un_lot(self, qui, genre):
        choisies = Candidature.objects.filter(pk=self.candidature.pk)
        self.tenter(qui, DGALN, lots.preparer_lot, genre=genre, candidatures=choisies)

    @rule(qui=TOUS, verbe=st.sampled_from(["annuler_lot", "publier_lot"]))
    def finir_un_lot(self, qui, verbe):
        if lot := Lot.objects.order_by("-pk").first():
            self.tenter(qui, DGALN, getattr(lots, verbe), lot=lot)

    @rule(qui=TOUS)
    def preparer_un_comite(self, qui):
        if not Comite.objects.filter(appel=self.actuelle.appel).exists():
            self.tenter(
                qui,
                DGALN,
                comites.preparer_comite,
                appel=self.actuelle.appel,
                tenu_le=timezone.now() + timedelta(days=1),
                lieu="Salle 12",
                presidence="Jeanne Roy",
                quorum=1,
                plafond_places=1,
                reserve=1,
            )

    @rule(qui=TOUS, verbe=st.sampled_from(["ouvrir_comite", "clore_comite"]))
    def tenir_le_comite(self, qui, verbe):
        if comite := Comite.objects.filter(appel=self.actuelle.appel).first():
            self.tenter(qui, DGALN, getattr(comites, verbe), comite=comite)

    @invariant()
    def un_deporte_ne_lit_ni_n_evalue(self):
        candidature, personne = self.actuelle, self.distribution.evaluateur
        if Deport.objects.filter(
            candidature=candidature, personne=personne, leve_le__isnull=True
        ).exists():
            assert not confiee_a(personne, candidature)
            assert not peut_lire_notes(personne, candidature)


REGLAGES = settings(
    max_examples=5,
    stateful_step_count=15,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_avec_plus_de_verbes_aucune_porte_ne_cede(distribution, monkeypatch):
    complete = fabrique.faire_brouillon(distribution)
    fabrique.remplir(complete, distribution.ddt)
    monkeypatch.setattr(Selection, "distribution", distribution)
    monkeypatch.setattr(Selection, "candidature", complete)
    monkeypatch.setattr(Selection, "but", "retenue")
    run_state_machine_as_test(SelectionElargie, settings=REGLAGES)
    assert set(PORTES) <= set(dir(SelectionElargie))
