"""No sequence of verbs, by anybody, reaches a state that breaks a gate."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ateliers.seances.models import Seance
from restitution.engagement.domaine import actes, signatures
from restitution.feuilles.domaine import actions, ecriture
from restitution.feuilles.models import Action
from socle.erreurs import ErreurMetier
from tests.factories import restitution as fabrique

ROLES = st.sampled_from(
    ["ddt", "collectivite", "equipe", "dgaln", "collectivite_autre", "ddt_autre"]
)
INSTANT = datetime(2026, 3, 12, 9, tzinfo=ZoneInfo("Europe/Paris"))
APRES = ["validee_techniquement", "approuvee", "officialisee", "publiee"]


def machine(distribution):  # noqa: C901
    class VieDeLaFeuille(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.feuille = fabrique.ouvrir(
                distribution, atelier_tenu=False, restitution_tenue=False
            )

        def tenter(self, verbe, role, **arguments):
            try:
                verbe(par=getattr(distribution, role), **arguments)
            except ErreurMetier as refus:
                assert refus.message
            self.feuille.refresh_from_db()

        @rule(role=ROLES, vision=st.sampled_from(["", "Une vision."]))
        def ecrire_la_vision(self, role, vision):
            self.tenter(
                ecriture.enregistrer_vision,
                role,
                feuille=self.feuille,
                vision=vision,
                revision=self.feuille.revision,
            )

        @rule(role=ROLES)
        def ajouter_un_axe(self, role):
            self.tenter(ecriture.enregistrer_axe, role, feuille=self.feuille, titre="Axe")

        @rule(role=ROLES, elu=st.sampled_from(["", "Maire"]), etat=st.sampled_from(["", "DDTM"]))
        def ajouter_une_action(self, role, elu, etat):
            axe = self.feuille.axes.first()
            if axe:
                self.tenter(
                    actions.enregistrer_action,
                    role,
                    axe=axe,
                    titre="Action",
                    portage_elu=elu,
                    portage_etat=etat,
                )

        @rule(role=ROLES)
        def supprimer_la_derniere_action(self, role):
            action = Action.objects.filter(axe__feuille=self.feuille).last()
            if action:
                self.tenter(actions.supprimer_action, role, action=action)

        @rule(genre=st.sampled_from(["atelier", "restitution"]))
        def tenir(self, genre):
            Seance.objects.filter(atelier=self.feuille.atelier, genre=genre).update(
                etat="tenue", debut_reel=INSTANT, fin_reelle=INSTANT.replace(hour=17)
            )

        @rule(role=ROLES)
        def valider(self, role):
            self.tenter(
                actes.valider_techniquement,
                role,
                feuille=self.feuille,
                instance="copil",
                tenue_le=date(2026, 4, 2),
            )

        @rule(role=ROLES, motif=st.sampled_from(["", "Oubli."]))
        def rouvrir(self, role, motif):
            self.tenter(actes.rouvrir, role, feuille=self.feuille, motif=motif)

        @rule(role=ROLES)
        def approuver(self, role):
            self.tenter(
                actes.approuver,
                role,
                feuille=self.feuille,
                numero="1",
                adoptee_le=date(2026, 5, 1),
            )

        @rule(role=ROLES, cote=st.sampled_from(["elu", "etat"]))
        def signer(self, role, cote):
            self.tenter(
                signatures.recueillir_signature,
                role,
                feuille=self.feuille,
                cote=cote,
                nom="N",
                qualite="Q",
                organisme=cote,
                signe_le=date(2026, 6, 1),
            )

        @rule(role=ROLES)
        def retirer_une_signature(self, role):
            signature = self.feuille.signatures.first()
            if signature:
                self.tenter(signatures.retirer_signature, role, signature=signature)

        @rule(role=ROLES)
        def officialiser(self, role):
            self.tenter(actes.officialiser, role, feuille=self.feuille)

        @rule(role=ROLES)
        def publier(self, role):
            self.tenter(actes.publier, role, feuille=self.feuille)

        @invariant()
        def les_portes_tiennent(self):
            feuille = self.feuille
            if feuille.etat in APRES:
                complets = Action.objects.filter(axe__feuille=feuille)
                assert feuille.vision
                assert complets.exists()
                assert not complets.filter(portage_elu="").exists()
                assert not complets.filter(portage_etat="").exists()
                assert self.tenue("atelier")
            if feuille.etat in APRES[1:]:
                organismes = [a.organisme_id for a in feuille.approbations.all()]
                assert organismes == [distribution.collectivite.organisme_id]
            if feuille.etat in APRES[2:]:
                assert {s.cote for s in feuille.signatures.all()} == {"elu", "etat"}
                assert self.tenue("restitution")

        def tenue(self, genre):
            seances = Seance.objects.filter(atelier=self.feuille.atelier, genre=genre)
            return seances.get().etat == "tenue"

    return VieDeLaFeuille


@pytest.mark.usefixtures("sans_pdf")
def test_aucune_suite_de_verbes_ne_franchit_une_porte(distribution):
    run_state_machine_as_test(
        machine(distribution),
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
