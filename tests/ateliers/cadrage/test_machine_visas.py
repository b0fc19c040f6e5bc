"""Whatever the order of the verbs, no version leaves without its visas, and none changes."""

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

from ateliers.cadrage.domaine import cahier, contrat, versions, visas
from ateliers.cadrage.models import CahierDesCharges, Contrat, SectionCahier, VersionCahier
from socle.erreurs import ErreurMetier
from tests.factories import ateliers as fabrique

ROLES = st.sampled_from(["ddt", "dreal", "dgaln", "collectivite", "ddt_autre"])
NUMEROS = st.integers(1, 3)


class Circuit(RuleBasedStateMachine):
    """Each example starts from the same atelier, and is given up at its end."""

    distribution = None
    atelier = None

    def __init__(self):
        super().__init__()
        self.essai = transaction.atomic()
        self.essai.__enter__()
        self.empreintes = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.essai.__exit__(None, None, None)

    def versions(self):
        lues = VersionCahier.objects.filter(cahier__atelier=self.atelier).order_by("numero")
        return list(lues.prefetch_related("visas"))

    @rule(role=ROLES, texte=st.sampled_from(["Un", "Deux"]))
    def ecrire(self, role, texte):
        section = SectionCahier.objects.get(cahier__atelier=self.atelier, cle="attendus")
        with suppress(ErreurMetier):
            cahier.ecrire_section(
                section=section,
                par=getattr(self.distribution, role),
                texte=texte,
                revision=section.revision,
            )

    @rule(role=ROLES)
    def soumettre(self, role):
        with suppress(ErreurMetier):
            par = getattr(self.distribution, role)
            visas.soumettre(atelier=self.atelier, par=par, motif="Une raison")

    @rule(role=ROLES, numero=NUMEROS)
    def viser(self, role, numero):
        with suppress(ErreurMetier):
            par = getattr(self.distribution, role)
            visas.viser(atelier=self.atelier, par=par, version=numero)

    @rule()
    def viser_ce_qui_attend(self):
        """So that the end of the circuit is reached too."""
        for role in ("ddt", "dreal", "dgaln"):
            for version in self.versions():
                self.viser(role, version.numero)

    @rule(role=ROLES, numero=NUMEROS)
    def refuser(self, role, numero):
        with suppress(ErreurMetier):
            par = getattr(self.distribution, role)
            visas.refuser(atelier=self.atelier, par=par, version=numero, motif="Non")

    @rule(role=ROLES)
    def rouvrir(self, role):
        with suppress(ErreurMetier):
            par = getattr(self.distribution, role)
            cahier.rouvrir_cahier(atelier=self.atelier, par=par, motif="Autrement")

    @rule(role=ROLES, rang=NUMEROS)
    def envoyer(self, role, rang):
        lues = self.versions()
        with suppress(ErreurMetier):
            if lues:
                versions.envoyer(
                    version=lues[min(rang, len(lues)) - 1],
                    par=getattr(self.distribution, role),
                    destinataires="PLACE-17",
                )

    @rule()
    def notifier(self):
        with suppress(ErreurMetier):
            for prepare in Contrat.objects.filter(atelier=self.atelier, notifie_le=None):
                contrat.notifier_contrat(
                    contrat=prepare, par=self.distribution.ddt, confirmes={"notification_acte"}
                )

    @invariant()
    def rien_ne_part_sans_ses_visas(self):
        for version in self.versions():
            donnes = {visa.etat for visa in version.visas.all()} == {"donne"}
            assert donnes or version.envoyee_le is None

    @invariant()
    def une_version_figee_ne_change_pas(self):
        for version in self.versions():
            assert version.sha256 == versions.empreinte(version.contenu)
            garde = self.empreintes.setdefault(version.numero, version.sha256)
            assert garde == version.sha256

    @invariant()
    def valide_veut_dire_vise(self):
        lu = CahierDesCharges.objects.get(atelier=self.atelier)
        en_vigueur = [v for v in self.versions() if v.caduque_le is None]
        assert len(en_vigueur) == (lu.etat != "brouillon")
        if lu.etat == "valide":
            assert {visa.etat for visa in en_vigueur[0].visas.all()} == {"donne"}

    @invariant()
    def aucun_contrat_ne_part_sans_visas(self):
        if Contrat.objects.filter(atelier=self.atelier, notifie_le__isnull=False).exists():
            assert visas.manques_visas(self.atelier) == []


REGLAGES = settings(
    max_examples=8,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_aucun_ordre_ne_fait_partir_une_version_sans_visas(distribution, monkeypatch):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.designer_equipe(distribution, atelier)
    fabrique.preparer_contrat(distribution, atelier)
    monkeypatch.setattr(Circuit, "distribution", distribution)
    monkeypatch.setattr(Circuit, "atelier", atelier)
    run_state_machine_as_test(Circuit, settings=REGLAGES)
