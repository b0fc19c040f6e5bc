"""Home, dashboard and the frame of every page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from config.views.tableau_de_bord import ranger
from socle.interface.taches import Tache

pytestmark = pytest.mark.django_db


def lire(client, chemin):
    reponse = client.get(chemin)
    assert reponse.status_code == 200
    return html.fromstring(reponse.content)


def test_accueil_annonce_la_demarche_et_les_trois_dispositifs(client, distribution):
    page = lire(client, "/")
    titres = [h.text_content() for h in page.find_class("dispositif")]
    assert len(titres) == 3
    assert page.xpath("//h1")[0].text.startswith("Élaborer ensemble")


def test_accueil_nombre_de_requetes(client, distribution, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/")


def test_pied_dit_l_etat_d_accessibilite(client):
    page = lire(client, "/mentions-legales/")
    assert page.xpath("//footer//a[@href='/accessibilite/']/text()") == [
        "Accessibilité\u00a0: non conforme"
    ]


def test_page_legale_sans_requete(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/mentions-legales/")


def test_acces_rapide_mene_a_des_cibles(client):
    page = lire(client, "/")
    for lien in page.find_class("fr-skiplinks")[0].iter("a"):
        assert page.get_element_by_id(lien.get("href")[1:]) is not None


def test_menu_du_visiteur_et_de_l_agent(client, connecte):
    def menu(c, chemin):
        return [a.text for a in lire(c, chemin).xpath("//nav[@id='navigation']//a")]

    assert "Tableau de bord" not in menu(client, "/")
    assert menu(connecte("ddt"), "/tableau-de-bord/")[0] == "Tableau de bord"


def test_tableau_de_bord_repond_dans_l_ordre(connecte):
    page = lire(connecte("ddt"), "/tableau-de-bord/")
    assert [h.text for h in page.iter("h2")][:3] == [
        "Ce qui m’attend",
        "Ce qui est en retard",
        "Dans les 30 jours",
    ]


def test_ranger_met_chaque_tache_a_une_seule_place():
    def dans(jours):
        return timezone.localdate() + timedelta(days=jours)

    retard, demain, sans = (
        Tache("a", "retard", "/", echeance=dans(-1)),
        Tache("a", "demain", "/", echeance=dans(1)),
        Tache("a", "sans", "/", depuis=dans(-9)),
    )
    proche, lointaine = (
        Tache("b", "proche", "/", echeance=dans(30)),
        Tache("b", "loin", "/", echeance=dans(31)),
    )
    assert ranger([sans, demain, retard], [lointaine, proche]) == {
        "attente": [demain, sans],
        "retard": [retard],
        "venir": [proche],
    }


def test_page_inconnue(client):
    reponse = client.get("/nulle-part/")
    assert reponse.status_code == 404
    assert "Page introuvable" in reponse.content.decode()
