"""What the pages show, to whom, and at what price."""

from datetime import time, timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Seance
from socle.interface.templatetags.interface import date_longue
from tests.factories import ateliers as fabrique
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db
REQUETES_LISTE = 8
REQUETES_ESPACE = 11


def statuts(atelier):
    return [etape.statut for etape in lire_parcours(atelier).etapes]


def test_le_parcours_dit_ou_en_est_l_atelier(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    assert statuts(atelier) == ["courante", "a_venir", "a_venir", "a_venir", "a_venir"]
    assert lire_parcours(atelier).suite.action == "Compléter le cahier des charges"


def test_une_etape_sautee_n_est_plus_en_cours(distribution):
    atelier = fabrique.faire_en_restitution(distribution)
    assert statuts(atelier) == ["faite", "sautee", "faite", "courante", "a_venir"]
    assert lire_parcours(atelier).suite.action == "Programmer la séance"


def test_le_parcours_garde_la_date_abandonnee(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        motif="Crue",
        confirmes={"date_passee"},
        **fabrique.moments(90),
    )
    page = connecte("ddt").get(reverse("ateliers:espace", args=[atelier.slug])).text
    assert f"<s>{fabrique.il_y_a(100):%d/%m/%Y}</s>" in page


def test_on_ne_declare_tenue_qu_une_seance_dont_la_date_est_passee(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier, "sensibilisation"), -20)
    Seance.objects.filter(pk=seance.pk).update(etat=EtatSeance.CONVOQUEE, lieu="Mairie")
    seance.refresh_from_db()
    seance.sequences.create(jour=1, debut="09:00", duree_min=30, titre="Accueil", ordre=1)
    jour = date_longue(seance.debut.date())
    assert lire_parcours(atelier).suite.action == f"Séance le {jour}"
    page = connecte("ddt").get(reverse("ateliers:espace", args=[atelier.slug])).text
    assert f"Séance le {jour}" in page
    assert "Déclarer la séance tenue" not in page
    assert "À faire par" not in page
    recul = timedelta(days=30)
    Seance.objects.filter(pk=seance.pk).update(
        debut_prevu=F("debut_prevu") - recul, fin_prevu=F("fin_prevu") - recul
    )
    page = connecte("ddt").get(reverse("ateliers:espace", args=[atelier.slug])).text
    assert lire_parcours(atelier).suite.action == "Déclarer la séance tenue"
    assert "À faire par le service pilote" in page


def test_la_page_d_une_seance_montre_son_deroule(distribution, connecte):
    seance = poses.faire_seance(distribution)
    seance.sequences.create(jour=1, debut="09:30", duree_min=45, titre="Accueil", ordre=1)
    adresse = reverse("ateliers:seance", args=[seance.atelier.slug, seance.pk])
    (ligne,) = connecte("ddt").get(adresse).context["sequences"]
    assert (ligne.titre, ligne.debut, ligne.fin) == ("Accueil", time(9, 30), "10\xa0h\xa015")


def test_avant_la_date_il_faut_d_abord_convoquer(distribution):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier, "sensibilisation"), -20)
    Seance.objects.filter(pk=seance.pk).update(lieu="Mairie")
    seance.sequences.create(jour=1, debut="09:00", duree_min=30, titre="Accueil", ordre=1)
    suite = lire_parcours(atelier).suite
    assert (suite.phrase, suite.action) == (
        "Les participants sont convoqués",
        "Inviter les participants",
    )


@pytest.mark.parametrize("nombre", [1, 3])
def test_la_liste_coute_autant_pour_un_ou_trois(
    distribution, client, django_assert_num_queries, nombre
):
    for _ in range(nombre):
        poses.faire_seance(distribution)
    with django_assert_num_queries(REQUETES_LISTE):
        page = client.get(reverse("ateliers:liste"))
    assert len(page.context["ateliers"]) == nombre


def test_l_etranger_ne_voit_rien_d_un_atelier_prive(distribution, client, connecte):
    atelier = poses.faire_atelier(distribution)
    atelier.nom, atelier.public = "SECRET-DE-LA-SOMME", False
    atelier.save()
    adresse = reverse("ateliers:atelier", args=[atelier.slug])
    for role in ("ddt_autre", "collectivite_autre", "evaluateur"):
        visiteur = connecte(role)
        assert visiteur.get(adresse).status_code == 404
        for vue in ("", "?vue=miens"):
            assert "SECRET" not in visiteur.get(reverse("ateliers:liste") + vue).text
        assert "SECRET" not in visiteur.get("/tableau-de-bord/").text
    assert client.get(adresse).status_code == 404
    assert connecte("ddt").get(adresse).status_code == 200


def test_les_montants_restent_entre_services_de_l_etat(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    adresse = reverse("ateliers:cadrage", args=[atelier.slug])
    lecteurs = {
        role: "2026-17" in connecte(role).get(adresse).text
        for role in ("dgaln", "ddt", "dreal", "collectivite", "equipe")
    }
    assert lecteurs == {
        "dgaln": True,
        "ddt": True,
        "dreal": True,
        "collectivite": False,
        "equipe": False,
    }


def test_l_historique_de_la_seance_dit_ses_dates_et_leurs_raisons(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    seance = fabrique.programmer(distribution, fabrique.seance_de(atelier), 100)
    agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        motif="Grève des trains",
        confirmes={"date_passee"},
        **fabrique.moments(120),
    )
    adresse = reverse("ateliers:seance_historique", args=[atelier.slug, seance.pk])
    reponse = connecte("collectivite").get(adresse)
    assert [e.motif for e, _ in reponse.context["lignes"]] == ["Grève des trains", ""]
    assert "Grève des trains" in reponse.content.decode()
    assert connecte("ddt_autre").get(adresse).status_code == 404


@pytest.mark.parametrize("nombre", [1, 3])
def test_l_espace_coute_autant_pour_une_seance_ou_trois(
    distribution, connecte, django_assert_num_queries, nombre
):
    atelier = poses.faire_atelier(distribution)
    for rang in range(1, nombre + 1):
        poses.faire_seance(distribution, atelier=atelier, rang=rang, titre=f"Atelier {rang}")
    visiteur, adresse = connecte("ddt"), reverse("ateliers:espace", args=[atelier.slug])
    visiteur.get(adresse)
    with django_assert_num_queries(REQUETES_ESPACE):
        page = visiteur.get(adresse)
    assert page.content.decode().count("Atelier 1") >= 1
