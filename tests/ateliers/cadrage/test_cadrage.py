"""Opening, cahier des charges, team, contracts, budget."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ateliers.cadrage.domaine import cahier, contrat, equipe, visas
from ateliers.cadrage.models import CahierDesCharges, Equipe, LigneBudget
from ateliers.livrables.domaine.ouverture import ouvrir_atelier
from ateliers.livrables.models import Livrable
from ateliers.seances.models import Seance
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
    TransitionImpossible,
)
from tests.factories import ateliers as fabrique
from tests.factories.candidatures import faire_deposee

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("dispositif", "seances", "livrables"),
    [
        ("flash", ["sensibilisation", "atelier", "restitution"], 4),
        (
            "local",
            [
                "sensibilisation",
                "lancement",
                "atelier",
                "inter_atelier",
                "atelier",
                "inter_atelier",
                "atelier",
                "restitution",
            ],
            8,
        ),
    ],
)
def test_l_ouverture_suit_les_donnees_du_dispositif(distribution, dispositif, seances, livrables):
    atelier = fabrique.faire_atelier(distribution, dispositif)
    genres = (
        Seance.objects.filter(atelier=atelier).order_by("ordre").values_list("genre", flat=True)
    )
    assert list(genres) == seances
    assert Livrable.objects.filter(atelier=atelier).count() == livrables
    assert atelier.etat == "cadrage"
    assert set(atelier.porteurs.all()) == set(atelier.candidature.porteurs.all())


def test_le_cahier_reprend_la_version_retenue(distribution):
    atelier = fabrique.faire_atelier(distribution)
    objet = CahierDesCharges.objects.get(atelier=atelier)
    retenue = atelier.candidature.version_retenue
    assert objet.version_note == retenue
    note = {s["cle"]: s["texte"] for s in retenue.contenu["sections"]}
    reprises = {s.source: s for s in objet.sections.filter(origine="note")}
    assert {cle: reprises[cle].texte for cle in note} == note
    assert {s.texte_origine for s in reprises.values()} == {s.texte for s in reprises.values()}
    assert set(reprises) - set(note) == {"perimetre", "ressources_propres", "themes", "acteurs"}
    assert [s.cle for s in objet.sections.all() if s.vide] == ["attendus"]


def test_une_candidature_n_ouvre_qu_un_atelier(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    with pytest.raises(TransitionImpossible):
        ouvrir_atelier(candidature=atelier.candidature, par=distribution.ddt)
    with pytest.raises(TransitionImpossible):
        ouvrir_atelier(candidature=faire_deposee(distribution), par=distribution.ddt)


@pytest.mark.parametrize("role", ["collectivite", "equipe", "dreal", "ddt_autre", "evaluateur"])
def test_seuls_le_pilote_et_la_dgaln_ouvrent(distribution, role):
    candidature = fabrique.faire_retenue(distribution, "flash")
    with pytest.raises(ActionInterdite):
        ouvrir_atelier(candidature=candidature, par=getattr(distribution, role))
    assert ouvrir_atelier(candidature=candidature, par=distribution.dgaln).etat == "cadrage"


def test_deux_mains_sur_une_section(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    section = CahierDesCharges.objects.get(atelier=atelier).sections.get(cle="attendus")
    cahier.ecrire_section(section=section, par=distribution.ddt, texte="Une", revision=0)
    with pytest.raises(ConflitDeVersion) as conflit:
        cahier.ecrire_section(section=section, par=distribution.collectivite, texte="", revision=0)
    assert conflit.value.actuel.texte == "Une"


def test_un_cahier_incomplet_ne_se_valide_pas(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    with pytest.raises(ElementsManquants) as refus:
        visas.soumettre(atelier=atelier, par=distribution.ddt)
    assert [m.phrase for m in refus.value.manques] == [
        "La section « Attendus de la mission » du cahier des charges est vide."
    ]


def test_pas_d_appel_aux_equipes_en_flash(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    with pytest.raises(ErreurMetier) as refus:
        equipe.consigner_appel(
            atelier=atelier,
            par=distribution.ddt,
            reference_place="X",
            publie_le=fabrique.il_y_a(10),
        )
    assert "se passe d’appel aux équipes" in refus.value.message


def test_une_consultation_avant_le_cahier_se_confirme(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution)
    fabrique.valider_cahier(distribution, atelier)
    client, adresse = connecte("ddt"), reverse("ateliers:appel_equipes", args=[atelier.slug])
    hier = {"reference_place": "2026-AT-17", "publie_le": fabrique.il_y_a(1).isoformat()}
    page = client.post(adresse, hier).text
    assert page.count("après cette publication") == 1
    assert "près du bouton" in page
    confirme = hier | {f"confirmer_{equipe.AVANT_LE_CAHIER}": "on"}
    assert client.post(adresse, confirme).status_code == 302


def test_l_equipe_attend_l_appel_en_local(distribution):
    atelier = fabrique.faire_atelier(distribution)
    with pytest.raises(ErreurMetier):
        equipe.composer_equipe(
            atelier=atelier,
            par=distribution.ddt,
            mandataire=distribution.equipe.organisme,
            discipline="urbanisme",
        )
    fabrique.designer_equipe(distribution, atelier)
    assert list(atelier.intervenants.all()) == [distribution.equipe.organisme]


def test_la_notification_attend_le_cahier_et_demarre_l_atelier(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.designer_equipe(distribution, atelier)
    bon = fabrique.preparer_contrat(distribution, atelier)
    with pytest.raises(ElementsManquants):
        contrat.notifier_contrat(contrat=bon, par=distribution.ddt)
    fabrique.valider_cahier(distribution, atelier)
    contrat.notifier_contrat(contrat=bon, par=distribution.ddt)
    assert fabrique.frais(atelier).etat == "en_cours"
    with pytest.raises(TransitionImpossible):
        cahier.rouvrir_cahier(atelier=atelier, par=distribution.ddt, motif="Une raison")


def test_deux_bons_de_commande_au_plus(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.designer_equipe(distribution, atelier)
    fabrique.preparer_contrat(distribution, atelier, numero="A")
    fabrique.preparer_contrat(distribution, atelier, numero="B")
    with pytest.raises(ErreurMetier, match="déjà ses deux bons de commande"):
        fabrique.preparer_contrat(distribution, atelier, numero="C")
    with pytest.raises(ErreurMetier):
        fabrique.preparer_contrat(distribution, atelier, numero="D", nature="marche")


def test_hors_taxes_tva_et_avenants(distribution):
    atelier = fabrique.faire_en_cours(distribution)
    marche = contrat.Contrat.objects.get(atelier=atelier)
    contrat.signer_avenant(
        contrat=marche,
        par=distribution.ddt,
        objet="Un panel de plus",
        signe_le=fabrique.il_y_a(100),
        montant_ht=Decimal("2000.10"),
    )
    marche = contrat.Contrat.objects.get(atelier=atelier)
    assert (marche.total_ht, marche.montant_tva, marche.total_ttc) == (
        Decimal("100000.10"),
        Decimal("20000.02"),
        Decimal("120000.12"),
    )
    # The budget follows the contract: the normal path ends in no overspend.
    assert list(LigneBudget.objects.values_list("nature", "payeur__nom", "montant_ht")) == [
        ("equipe", distribution.dgaln.organisme.nom, Decimal("100000.10"))
    ]


def test_le_budget_dit_qui_paie(distribution):
    atelier = fabrique.faire_atelier(distribution)
    for libelle, payeur, montant in (
        ("Équipe", distribution.dgaln.organisme, 98000),
        ("Salles", distribution.collectivite.organisme, 3000),
        ("Repas", distribution.collectivite.organisme, 1500),
    ):
        contrat.inscrire_au_budget(
            atelier=atelier,
            par=distribution.ddt,
            libelle=libelle,
            nature="autre",
            payeur=payeur,
            montant_ht=Decimal(montant),
        )
    lignes, total = contrat.totaux_budget(atelier)
    assert {ligne["payeur__nom"]: ligne["total"] for ligne in lignes} == {
        distribution.dgaln.organisme.nom: Decimal(98000),
        distribution.collectivite.organisme.nom: Decimal(4500),
    }
    assert total == Decimal(102500)


def test_un_mandataire_et_un_financeur_hors_liste(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "local")
    client = connecte("ddt")
    adresse = reverse("ateliers:equipe", args=[atelier.slug])
    lignes = {"lignes-TOTAL_FORMS": "0", "lignes-INITIAL_FORMS": "0"}
    sans_nom = client.post(adresse, {"discipline": "paysage", **lignes})
    assert set(sans_nom.context["form"].errors) == {"mandataire"}
    saisie = {
        "discipline": "paysage",
        "reference_place": "P-1",
        "motif": "Première",
        "mandataire_nouveau": "  Atelier  du Marais ",
        **lignes,
    }
    assert client.post(adresse, saisie).status_code == 302
    assert Equipe.objects.get(atelier=atelier).mandataire.nom == "Atelier du Marais"
    depense = {"libelle": "Salle", "nature": "logistique", "montant_ht": "300"}
    ajouter = reverse("ateliers:budget_ajouter", args=[atelier.slug])
    sans_payeur = client.post(ajouter, depense)
    assert set(sans_payeur.context["form"].errors) == {"payeur"}
    offerts = {pk for pk, _ in sans_payeur.context["form"].fields["payeur"].choices}
    noms = ("collectivite", "ddt", "dreal", "dgaln", "collectivite_autre", "ddt_autre", "equipe")
    assert [getattr(distribution, nom).organisme_id in offerts for nom in noms] == (
        [True] * 4 + [False] * 3
    )
    commune = next(cle for cle in offerts if str(cle).startswith("commune:"))
    assert client.post(ajouter, depense | {"payeur": commune}).status_code == 302
    ligne = LigneBudget.objects.get(atelier=atelier)
    assert (ligne.payeur.nature, f"commune:{ligne.payeur.commune_id}") == ("commune", commune)
    ligne.delete()
    loin = distribution.collectivite_autre.organisme
    cherche = client.post(ajouter, depense | {"payeur_nouveau": loin.nom[:-1]})
    trouves = {pk for pk, _ in cherche.context["form"].fields["payeur"].choices}
    assert (loin.pk in trouves, LigneBudget.objects.exists()) == (True, False)
    assert client.post(ajouter, depense | {"payeur_nouveau": "EPF local"}).status_code == 302
    assert LigneBudget.objects.get(atelier=atelier).payeur.nom == "EPF local"
