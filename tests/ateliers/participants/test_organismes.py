"""An organisme is stored once: renamed everywhere, merged without loss, told from others."""

from importlib import import_module

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ateliers.annuaire.domaine.proximite import paires, parmi, proches
from ateliers.annuaire.droits import organismes_proposes_a, organismes_visibles_par
from ateliers.annuaire.models import Mandat, OrganismeAnnuaire, Personne
from ateliers.annuaire.models.organisme import cle_de
from ateliers.participants.domaine import mandats, organismes, tableau
from ateliers.participants.domaine.annuaire import Filtre, chercher
from ateliers.participants.models import Participant
from socle.erreurs import ActionInterdite, ConfirmationRequise, ErreurMetier
from tests.ateliers.participants.test_annuaire import ajouter, ceder
from tests.factories.participants import faire_atelier

MOTS = st.lists(
    st.sampled_from(["Mairie", "de", "Beauval", "l’Authie", "St", "Pôle", "CC", "12", "Amis"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(MOTS, MOTS)
def test_la_ressemblance_est_reciproque(un, autre):
    assert proches(un, autre) == proches(autre, un)
    assert bool(paires({1: un, 2: autre})) <= proches(un, autre)


@given(st.text(max_size=40))
def test_la_reprise_range_sous_la_meme_cle_que_la_saisie(texte):
    reprise = import_module("ateliers.migrations.0025_organismes_repris")
    assert reprise.cle_de(texte) == cle_de(texte)


def test_ce_qui_se_ressemble():
    connus = ["Commune de Beauval", "Chambre d’agriculture", "Foyer rural", "École 12"]
    essais = ["Mairie de Beauval", "Chambre d’agriculture de la Somme", "Foyers ruraux", "École 13"]
    assert [parmi(essai, connus) for essai in essais] == [
        ["Commune de Beauval"],
        ["Chambre d’agriculture"],
        ["Foyer rural"],
        [],
    ]


def noms(organismes_):
    return sorted(o.nom for o in organismes_)


def champs(**plus):
    vides = {"nom": "", "sigle": "", "college": "associations", "nature": "autre", "siret": ""}
    return vides | plus


def fiche(nom):
    return OrganismeAnnuaire.objects.get(nom=nom)


@pytest.mark.django_db
def test_un_nom_ecrit_autrement_est_le_meme_et_se_corrige_partout(distribution):
    un, deux = faire_atelier(distribution), faire_atelier(distribution)
    ajouter(distribution, un, "Ada", "Roux", organisation="Mairie de St-Riquier")
    bea = ajouter(distribution, deux, "Bea", "Lis", organisation="MAIRIE  de Saint Riquier")
    mairie = OrganismeAnnuaire.objects.get()
    assert (mairie.nom, mairie.nature, mairie.college) == (
        "Mairie de St-Riquier",
        "commune",
        "elus",
    )
    organismes.modifier_organisme(
        organisme=mairie,
        par=distribution.ddt,
        revision=0,
        **champs(nom="Commune de Saint-Riquier", sigle="CSR", college="elus", nature="commune"),
    )
    assert Participant.objects.get(pk=bea.pk).organisation == "Commune de Saint-Riquier"
    trouves = chercher(distribution.ddt, Filtre(texte="csr commune"))
    assert sorted(p.prenom for p in trouves) == ["Ada", "Bea"]
    bea = Participant.objects.get(pk=bea.pk)
    mandats.ajouter_mandat(
        personne=bea.personne,
        par=distribution.ddt,
        college="elus",
        organisation="commune de st riquier",
        du="2014-03-30",
        au="2020-05-18",
    )
    periodes = Mandat.objects.filter(personne=bea.personne, organisme=mairie).order_by("pk")
    assert [m.au is None for m in periodes] == [True, False]


@pytest.mark.django_db
def test_qui_voit_quel_organisme(distribution):
    un, deux = faire_atelier(distribution), ceder(distribution, faire_atelier(distribution))
    autre = distribution.ddt_autre
    ajouter(distribution, un, "Ada", "Roux", organisation="Mairie")
    ajouter(distribution, un, "Bea", "Assoc", "associations", organisation="Rivière vive")
    ajouter(distribution, un, "Hugo", "Habite", "habitants", organisation="Conseil citoyen")
    ajouter(distribution, deux, "Dora", "A", "associations", organisation="Jardins", par=autre)
    ajouter(distribution, deux, "Dan", "H", "habitants", organisation="Conseil citoyen", par=autre)
    organismes.creer_organisme(par=autre, **champs(nom="Foyer rural"))

    def vus(role):
        return noms(organismes_visibles_par(getattr(distribution, role)))

    assert vus("ddt") == ["Conseil citoyen", "Mairie", "Rivière vive"]
    assert vus("ddt_autre") == ["Conseil citoyen", "Foyer rural", "Jardins"]
    assert vus("dreal") == ["Mairie"]
    assert vus("dgaln") == ["Foyer rural", "Jardins", "Mairie", "Rivière vive"]
    assert vus("collectivite") == vus("equipe") == []
    assert noms(organismes_proposes_a(distribution.collectivite)) == ["Mairie", "Rivière vive"]
    assert OrganismeAnnuaire.objects.filter(nom="Conseil citoyen").count() == 2


@pytest.mark.django_db
def test_un_nom_proche_se_confirme_et_rien_de_saisi_n_est_perdu(distribution, connecte):
    atelier = faire_atelier(distribution)
    ada = ajouter(distribution, atelier, "Ada", "Roux", organisation="Commune de Beauval")
    client = connecte("ddt")
    page = reverse("ateliers:annuaire_fiche", args=[ada.personne_id])
    saisie = {"college": "elus", "organisation": "Mairie de Beauval", "fonction": "Adjointe"}
    reponse = client.post(page, saisie)
    texte = reponse.content.decode()
    assert "«\u00a0Commune de Beauval\u00a0»" in texte and 'value="Adjointe"' in texte
    assert Mandat.objects.count() == 1
    assert client.post(page, saisie | {"confirmer_organisme_nouveau": "on"}).status_code == 302
    assert noms(OrganismeAnnuaire.objects.all()) == ["Commune de Beauval", "Mairie de Beauval"]
    proposes = client.get(reverse("ateliers:organismes_proposes"), {"organisation": "mair bea"})
    assert proposes.context["noms"] == ["Mairie de Beauval"]
    with pytest.raises(ConfirmationRequise):  # whatever the service, only what it sees is compared
        organismes.creer_organisme(
            par=distribution.dgaln, confirmes=frozenset(), **champs(nom="Ville de Beauval")
        )
    ailleurs = distribution.ddt_autre
    organismes.creer_organisme(par=ailleurs, confirmes=frozenset(), **champs(nom="Ville Beauval"))


@pytest.mark.django_db
def test_la_fusion_unit_les_mandats(distribution):
    atelier = faire_atelier(distribution)
    ada = ajouter(distribution, atelier, "Ada", "Roux", organisation="Mairie", fonction="Maire")
    ajouter(distribution, atelier, "Bea", "Lis", organisation="Commune")
    mandats.ajouter_mandat(
        personne=ada.personne,
        par=distribution.ddt,
        college="elus",
        organisation="Commune",
        fonction="Maire",
    )
    garder, absorber = fiche("Mairie"), fiche("Commune")
    for role in ("dreal", "ddt_autre", "collectivite"):
        with pytest.raises(ActionInterdite):
            organismes.fusionner_organismes(
                garder=garder, absorber=absorber, par=getattr(distribution, role)
            )
    OrganismeAnnuaire.objects.filter(pk=garder.pk).update(siret="21800253300017")
    OrganismeAnnuaire.objects.filter(pk=absorber.pk).update(siret="200070951")
    with pytest.raises(ErreurMetier, match="SIRET"):
        organismes.fusionner_organismes(garder=garder, absorber=absorber, par=distribution.ddt)
    OrganismeAnnuaire.objects.filter(pk=garder.pk).update(siret="")
    organismes.fusionner_organismes(garder=garder, absorber=absorber, par=distribution.ddt)
    restant = OrganismeAnnuaire.objects.get()
    assert (restant.nom, restant.siret) == ("Mairie", "200070951")
    assert sorted(Mandat.objects.values_list("personne__prenom", "organisme__nom")) == [
        ("Ada", "Mairie"),
        ("Bea", "Mairie"),
    ]
    assert set(Participant.objects.values_list("organisme__nom", flat=True)) == {"Mairie"}
    assert "commune" not in Personne.objects.get(prenom="Bea").recherche


@pytest.mark.django_db
def test_un_organisme_partage_ne_se_corrige_pas_d_un_seul_cote(distribution, connecte):
    un, deux = faire_atelier(distribution), ceder(distribution, faire_atelier(distribution))
    ajouter(distribution, un, "Ada", "Roux", organisation="Département")
    ajouter(
        distribution, deux, "Bea", "Lis", organisation="Département", par=distribution.ddt_autre
    )
    modifier = reverse("ateliers:annuaire_organisme_modifier", args=[fiche("Département").pk])
    assert [connecte(role).get(modifier).status_code for role in ("ddt", "dgaln")] == [403, 200]


@pytest.mark.django_db
def test_son_identite_se_cherche_et_se_choisit(distribution, connecte):
    client, nouveau = connecte("ddt"), reverse("ateliers:annuaire_organisme_nouveau")
    saisie = champs(nom="Mairie de Doullens", college="elus", nature="commune", revision=0)
    assert "ne répond" in client.post(nouveau, saisie | {"identite": "Zzzz"}).content.decode()
    muet = client.post(nouveau, saisie | {"nom": "Beffroi", "nature": ""}).context["form"]
    assert list(muet.errors) == ["nature"]
    hameau = client.post(nouveau, saisie | {"nom": "Hameau du moulin"}).context["form"]
    assert "ressemble à un lieu" in hameau.confirmations[0]["phrase"]
    reponse = client.post(nouveau, saisie | {"identite": "80253", "nature": ""})
    mairie = OrganismeAnnuaire.objects.get()
    assert mairie.nature == "commune"
    assert reponse.url == reverse("ateliers:annuaire_organisme", args=[mairie.pk])
    assert mairie.identite is not None
    modifier = reverse("ateliers:annuaire_organisme_modifier", args=[mairie.pk])
    lu = client.get(modifier).context["form"].initial
    garde = saisie | {"identite": lu["identite"], "siret": "123"}
    assert "quatorze chiffres" in client.post(modifier, garde).content.decode()
    assert client.post(modifier, garde | {"siret": ""}).status_code == 302
    assert OrganismeAnnuaire.objects.get().identite == mairie.identite
    double = client.post(nouveau, saisie | {"nom": "Ville de D.", "identite": "80253"})
    assert "«\u00a0Mairie de Doullens\u00a0» est déjà" in double.content.decode()


@pytest.mark.django_db
def test_un_import_reprend_les_organismes_connus(distribution):
    atelier = faire_atelier(distribution)
    ajouter(distribution, atelier, "Ada", "Roux", organisation="Mairie de Beauval")
    fichier = """Prénom;Nom;Collège;Organisme
    Bea;Lis;Élus;MAIRIE DE BEAUVAL
    Carl;Mou;Associations;Les Amis de l’Authie
    Dora;Nil;Associations;les amis de l'authie
    Ada;Roux;Élus;mairie de beauval
    Éva;Ost;Élus;Commune de Beauval"""
    lot = tableau.preparer(
        atelier=atelier, nom="l.csv", octets=fichier.encode(), par=distribution.ddt
    )
    assert [ligne.phrase for ligne in tableau.analyser(lot).lignes] == [
        "",
        "Nouvel organisme «\u00a0Les Amis de l’Authie\u00a0».",
        "",
        "Ada Roux est déjà dans la liste.",
        "Nouvel organisme «\u00a0Commune de Beauval\u00a0», proche de "
        "«\u00a0Mairie de Beauval\u00a0».",
    ]
    tableau.importer(lot=lot, par=distribution.ddt)
    assert noms(OrganismeAnnuaire.objects.all()) == [
        "Commune de Beauval",
        "Les Amis de l’Authie",
        "Mairie de Beauval",
    ]


@pytest.mark.django_db
def test_l_organisme_d_habitants_part_avec_le_dernier(distribution):
    from ateliers.participants.domaine.participants import retirer_participant

    atelier = faire_atelier(distribution)
    lou = ajouter(distribution, atelier, "Lou", "Petit", "habitants", organisation="Collectif")
    assert OrganismeAnnuaire.objects.get().atelier == atelier
    retirer_participant(lou, par=distribution.ddt)
    assert OrganismeAnnuaire.objects.count() == 0


@pytest.mark.django_db
def test_les_pages_ont_les_memes_requetes_avec_une_et_trois_personnes(
    distribution, connecte, django_assert_num_queries
):
    atelier, client = faire_atelier(distribution), connecte("ddt")
    ajouter(distribution, atelier, "Ada", "Roux", organisation="Mairie de Beauval")
    mairie = fiche("Mairie de Beauval")
    comptes = {
        reverse("ateliers:annuaire_organismes"): 4,
        reverse("ateliers:annuaire_organisme", args=[mairie.pk]): 7,
        reverse("ateliers:annuaire_organismes_doublons"): 3,
        reverse("ateliers:participants", args=[atelier.slug]): 6,
    }
    for rang in range(3):
        for page, nombre in comptes.items():
            with django_assert_num_queries(nombre):
                assert client.get(page).status_code == 200
        ajouter(distribution, atelier, f"B{rang}", "Lis", organisation=f"Ville de Beauval {rang}")
        ajouter(distribution, atelier, f"C{rang}", "Lis", organisation="Mairie de Beauval")
