"""Whatever the order of the verbs, no sequence breaks a gate of the démarche."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ateliers.cadrage.domaine import contrat
from ateliers.cadrage.models import AppelEquipes, Contrat
from ateliers.parcours.domaine import cycle
from ateliers.parcours.models import Atelier
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Seance
from ateliers.sites.models import SiteDemonstrateur
from socle.erreurs import ErreurMetier
from tests.factories import ateliers as fabrique

RANGS = st.integers(0, 9)
JOURS = st.integers(-30, 300)
MOTIF = "Une raison"


class Parcours(RuleBasedStateMachine):
    """Each example starts from the same atelier, and is given up at its end."""

    distribution = None
    atelier = None

    def __init__(self):
        super().__init__()
        self.essai = transaction.atomic()
        self.essai.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.essai.__exit__(None, None, None)

    def seance(self, rang) -> Seance:
        seances = Seance.objects.filter(atelier=self.atelier).select_related("atelier")
        seances = list(seances.order_by("ordre", "pk"))
        return seances[rang % len(seances)]

    @rule()
    def cadrer(self):
        with suppress(ErreurMetier):
            fabrique.valider_cahier(self.distribution, self.atelier)
        with suppress(ErreurMetier):
            fabrique.designer_equipe(self.distribution, self.atelier)

    @rule(flash=st.booleans())
    def contracter(self, flash):
        nature = "bon_de_commande" if flash else "marche_subsequent"
        with suppress(ErreurMetier):
            prepare = fabrique.preparer_contrat(self.distribution, self.atelier, nature=nature)
            contrat.notifier_contrat(
                contrat=prepare, par=self.distribution.ddt, confirmes={"notification_acte"}
            )

    @rule()
    def notifier(self):
        with suppress(ErreurMetier):
            for prepare in Contrat.objects.filter(atelier=self.atelier, notifie_le=None):
                contrat.notifier_contrat(
                    contrat=prepare, par=self.distribution.ddt, confirmes={"notification_acte"}
                )

    @rule(rang=RANGS, jours=JOURS)
    def programmer(self, rang, jours):
        with suppress(ErreurMetier):
            fabrique.programmer(self.distribution, self.seance(rang), jours)

    @rule(rang=RANGS, jours=JOURS)
    def reporter(self, rang, jours):
        with suppress(ErreurMetier):
            agenda.reporter(
                seance=self.seance(rang),
                par=self.distribution.ddt,
                motif=MOTIF,
                confirmes={"date_passee"},
                **fabrique.moments(jours),
            )

    @rule(rang=RANGS)
    def tenir(self, rang):
        with suppress(ErreurMetier):
            agenda.tenir(
                seance=self.seance(rang),
                par=self.distribution.ddt,
                confirmes={"avant_ouverture"},
            )

    @rule()
    def derouler(self):
        """Hold the next step of the line, so that the end is reached too."""
        reste = Seance.objects.filter(atelier=self.atelier).exclude(etat__in=["tenue", "annulee"])
        fait = Seance.objects.filter(atelier=self.atelier, etat="tenue").count()
        prochaine = reste.select_related("atelier").order_by("ordre", "pk").first()
        with suppress(ErreurMetier):
            if prochaine and prochaine.etat == "a_programmer":
                fabrique.programmer(self.distribution, prochaine, 290 - 25 * fait)
        with suppress(ErreurMetier):
            if prochaine:
                agenda.tenir(seance=prochaine, par=self.distribution.ddt)

    @rule(rang=RANGS)
    def annuler(self, rang):
        with suppress(ErreurMetier):
            agenda.annuler(seance=self.seance(rang), par=self.distribution.ddt, motif=MOTIF)

    @rule(genre=st.sampled_from(["inter_atelier", "copil", "atelier"]))
    def ajouter(self, genre):
        with suppress(ErreurMetier):
            preparation.ajouter_seance(
                atelier=self.atelier, par=self.distribution.ddt, genre=genre, titre="En plus"
            )

    @rule()
    def designer(self):
        with suppress(ErreurMetier):
            fabrique.designer(self.distribution, self.atelier)

    @rule(verbe=st.sampled_from(["suivi", "clore"]))
    def finir(self, verbe):
        with suppress(ErreurMetier):
            if verbe == "suivi":
                preparation.ouvrir_suivi(atelier=self.atelier, par=self.distribution.ddt)
            else:
                cycle.clore(atelier=self.atelier, par=self.distribution.ddt)

    def ateliers_in_situ(self):
        seances = Seance.objects.filter(atelier=self.atelier, genre="atelier")
        return list(seances.order_by("rang"))

    @invariant()
    def aucun_atelier_avant_le_precedent(self):
        tenus = [s.etat == "tenue" for s in self.ateliers_in_situ()]
        assert tenus == sorted(tenus, reverse=True)

    @invariant()
    def l_atelier_trois_a_son_site(self):
        for seance in self.ateliers_in_situ():
            if seance.etat == "tenue" and seance.rang >= 3:
                assert SiteDemonstrateur.objects.filter(atelier=self.atelier).exists()

    @invariant()
    def l_etat_suit_les_seances(self):
        etat = Atelier.objects.get(pk=self.atelier.pk).etat
        tenus = [s.etat == "tenue" for s in self.ateliers_in_situ()]
        assert (etat in ("restitution", "suivi", "clos")) == all(tenus)
        assert (etat != "cadrage") == Contrat.objects.filter(
            atelier=self.atelier, notifie_le__isnull=False
        ).exists()
        if etat in ("suivi", "clos"):
            restitutions = Seance.objects.filter(atelier=self.atelier, genre="restitution")
            assert {s.etat for s in restitutions} == {"tenue"}

    @invariant()
    def le_nombre_d_ateliers_vient_du_dispositif(self):
        prevus = self.atelier.dispositif.etapes.filter(genre="atelier").count()
        assert len(self.ateliers_in_situ()) == prevus


class ParcoursFlash(Parcours):
    @invariant()
    def ni_appel_ni_inter_atelier(self):
        inter = Seance.objects.filter(atelier=self.atelier, genre="inter_atelier")
        appels = AppelEquipes.objects.filter(atelier=self.atelier)
        assert (inter.count(), appels.count()) == (0, 0)


REGLAGES = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("dispositif", "machine"), [("local", Parcours), ("flash", ParcoursFlash)])
def test_aucun_ordre_des_verbes_ne_force_une_porte(distribution, monkeypatch, dispositif, machine):
    monkeypatch.setattr(machine, "distribution", distribution)
    monkeypatch.setattr(machine, "atelier", fabrique.faire_atelier(distribution, dispositif))
    run_state_machine_as_test(machine, settings=REGLAGES)
