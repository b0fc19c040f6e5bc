"""Service fait, échéancier, orders, expenses; a bon de commande against an accord-cadre."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from ateliers.budget.domaine import execution
from ateliers.budget.models import Jalon
from ateliers.cadrage.domaine import accords, contrat, previsions
from ateliers.cadrage.models import AccordCadre, Contrat, LigneBudget
from ateliers.livrables.domaine import livrables
from ateliers.livrables.models import Livrable
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from socle.exports.declaration import Demande, declaration
from tests.factories import ateliers as fabrique
from tests.factories import participants as poses
from tests.factories.candidatures import PDF

pytestmark = pytest.mark.django_db
AUJOURDHUI = timezone.localdate


@pytest.fixture
def marche(distribution):
    atelier = poses.faire_atelier(distribution)
    return Contrat.objects.create(
        atelier=atelier,
        nature="marche",
        numero="2026-17",
        titulaire=distribution.equipe.organisme,
        montant_ht=100_000,
        notifie_le=AUJOURDHUI() - timedelta(days=30),
    )


def livrable_de(atelier):
    return Livrable.objects.create(atelier=atelier, cle="rapport", titre="Rapport")


def ecrire(distribution, marche, *montants, livrable=None):
    execution.ecrire_echeancier(
        contrat=marche,
        par=distribution.ddt,
        jalons=[
            {"libelle": f"Jalon {i}", "montant_ht": Decimal(m), "livrable": livrable}
            for i, m in enumerate(montants, start=1)
        ],
    )
    return list(Jalon.objects.filter(contrat=marche).select_related("contrat__atelier", "livrable"))


def test_le_service_fait_attend_l_acceptation(distribution, marche):
    livrable = livrable_de(marche.atelier)
    (jalon,) = ecrire(distribution, marche, 40_000, livrable=livrable)

    def constater():
        return execution.constater_service_fait(
            jalon=jalon, par=distribution.ddt, reference_chorus="EJ-1"
        )

    with pytest.raises(ElementsManquants) as refus:
        constater()
    assert str(refus.value) == "Le livrable « Rapport » n’est pas accepté."
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "UPDATE ateliers_jalon SET fait_le = now(), fait_par_id = %s WHERE id = %s",
            [distribution.ddt.pk, jalon.pk],
        )
    livrables.deposer(livrable=livrable, nom="r.pdf", octets=PDF, par=distribution.equipe)
    with pytest.raises(ElementsManquants):
        constater()
    livrables.accepter(livrable=livrable, par=distribution.ddt, reserves="Une carte manque.")
    constater()
    jalon.refresh_from_db()
    assert (jalon.fait_le, jalon.reference_chorus) == (AUJOURDHUI(), "EJ-1")
    with pytest.raises(TransitionImpossible):
        constater()


def test_l_echeancier_ne_depasse_pas_le_contrat_ni_ne_perd_ce_qui_est_fait(distribution, marche):
    premier, _ = ecrire(distribution, marche, 40_000, 60_000)
    execution.constater_service_fait(jalon=premier, par=distribution.ddt)
    with pytest.raises(ErreurMetier, match="dépassent le montant"):
        ecrire(distribution, marche, "60000.01")
    assert [(j.libelle, str(j.montant_ht)) for j in ecrire(distribution, marche, 30_000)] == [
        ("Jalon 1", "40000.00"),
        ("Jalon 1", "30000.00"),
    ]
    contrat.signer_avenant(
        contrat=marche,
        par=distribution.ddt,
        objet="Une séance",
        signe_le=AUJOURDHUI(),
        montant_ht=Decimal(5_000),
    )
    assert len(ecrire(distribution, marche, 65_000)) == 2


def test_un_ordre_suit_la_notification(distribution, marche):
    ordre = execution.emettre_ordre(
        contrat=marche, par=distribution.ddt, objet="Démarrage", effet_le=AUJOURDHUI()
    )
    assert (ordre.numero, ordre.emis_le) == (1, AUJOURDHUI())
    with pytest.raises(ErreurMetier, match="suit la notification"):
        execution.emettre_ordre(
            contrat=marche,
            par=distribution.ddt,
            objet="Trop tôt",
            effet_le=AUJOURDHUI(),
            emis_le=marche.notifie_le - timedelta(days=1),
        )
    for nom in ("dreal", "collectivite", "equipe"):
        with pytest.raises(ActionInterdite):
            execution.emettre_ordre(
                contrat=marche, par=getattr(distribution, nom), objet="X", effet_le=AUJOURDHUI()
            )


def test_l_equipe_est_payee_par_la_dgaln_et_s_engage_par_son_contrat(distribution, marche):
    valeurs = {"atelier": marche.atelier, "par": distribution.ddt, "libelle": "Équipe"}
    with pytest.raises(ErreurMetier, match="en totalité par la DGALN"):
        contrat.inscrire_au_budget(
            **valeurs,
            nature="equipe",
            payeur=distribution.collectivite.organisme,
            montant_ht=Decimal(10),
        )
    ligne = contrat.inscrire_au_budget(
        **valeurs, nature="equipe", payeur=distribution.dgaln.organisme, montant_ht=Decimal(10)
    )
    with pytest.raises(ErreurMetier, match="s’engage par son contrat"):
        execution.engager(ligne=ligne, par=distribution.ddt, objet="X", montant_ht=Decimal(1))


def test_une_ligne_engagee_ne_se_retire_plus(distribution, connecte, marche):
    ligne = LigneBudget.objects.create(
        atelier=marche.atelier,
        libelle="Salles",
        nature="logistique",
        payeur=distribution.collectivite.organisme,
        montant_ht=500,
    )
    depense = execution.engager(
        ligne=ligne, par=distribution.ddt, objet="Salle des fêtes", montant_ht=Decimal(300)
    )
    with pytest.raises(ErreurMetier, match="Une dépense est engagée"):
        contrat.retirer_du_budget(ligne=ligne, par=distribution.ddt)
    equipe = previsions.prevoir_equipe(marche.atelier, distribution.ddt)
    with pytest.raises(ErreurMetier, match="Un contrat notifié engage"):
        contrat.retirer_du_budget(ligne=equipe, par=distribution.ddt)
    page = connecte("ddt").get(reverse("ateliers:cadrage", args=[marche.atelier.slug]))
    assert {lue.pk: lue.garde for lue in page.context["lignes"]} == {
        ligne.pk: contrat.ENGAGEE,
        equipe.pk: contrat.SOUS_CONTRAT,
    }
    assert reverse("ateliers:budget_retirer", args=[marche.atelier.slug, ligne.pk]) not in page.text
    execution.constater_depense(depense=depense, par=distribution.ddt, montant_fait=Decimal(280))
    with pytest.raises(TransitionImpossible):
        execution.constater_depense(depense=depense, par=distribution.ddt, montant_fait=Decimal(1))


def test_un_flash_commande_au_titulaire_de_l_accord_cadre(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.designer_equipe(distribution, atelier)
    AccordCadre.objects.update(plafond_ht=30_000)
    bon = fabrique.preparer_contrat(distribution, atelier, numero="A", montant_ht=Decimal(20_000))
    assert bon.accord_cadre == AccordCadre.objects.get(titulaire=distribution.equipe.organisme)
    with pytest.raises(ErreurMetier, match="Le plafond"):
        fabrique.preparer_contrat(distribution, atelier, numero="B", montant_ht=Decimal(10_001))
    AccordCadre.objects.update(au=AUJOURDHUI() - timedelta(days=1))
    with pytest.raises(ErreurMetier, match="d’aucun accord-cadre en vigueur"):
        fabrique.preparer_contrat(distribution, atelier, numero="B", montant_ht=Decimal(1))
    with pytest.raises(ActionInterdite):
        accords.inscrire_accord(
            par=distribution.ddt,
            numero="X",
            titulaire=distribution.equipe.organisme,
            du=AUJOURDHUI(),
            au=AUJOURDHUI(),
        )


def test_l_export_ne_sort_que_ce_que_l_on_voit(distribution, marche):
    export = declaration("budget")
    colonnes = ("reference", "ligne", "engage")
    for nom, attendu in (
        ("dgaln", [marche.atelier_id]),
        ("ddt", [marche.atelier_id]),
        ("ddt_autre", []),
    ):
        demande = Demande(getattr(distribution, nom), "", colonnes)
        assert export.objets(demande) == attendu
    assert [export.visible(getattr(distribution, n)) for n in ("collectivite", "equipe")] == [
        False,
        False,
    ]
    demande = Demande(distribution.dgaln, "", colonnes, objets=(marche.atelier_id,))
    (feuille,) = export.feuilles(demande)
    assert [list(ligne) for ligne in feuille.lignes] == [
        [marche.atelier.reference, "Équipe d’assistance", Decimal(100_000)]
    ]
