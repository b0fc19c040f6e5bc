"""An inhabitant finds their commune in one search."""

import pytest
from lxml import html

from config.views.chercher import ateliers_par_lieu
from socle.territoires.models import Commune
from tests.factories.ateliers import faire_atelier

pytestmark = pytest.mark.django_db


def noms(reponses):
    return [(r["lieu"].nom, [a.nom for a in r["ateliers"]]) for r in reponses]


def test_la_commune_mene_a_l_atelier_qui_la_couvre(distribution):
    atelier = faire_atelier(distribution)
    premiere = (
        atelier.perimetre.communes.first()
        or Commune.objects.filter(epci__in=atelier.perimetre.epcis.all()).first()
    )
    assert noms(ateliers_par_lieu(premiere.nom))[0] == (premiere.nom, [atelier.nom])


def test_l_epci_d_une_commune_couverte_aussi(distribution):
    atelier = faire_atelier(distribution)
    commune = atelier.perimetre.communes.first()
    epci = commune.epci if commune else atelier.perimetre.epcis.first()
    trouves = dict(noms(ateliers_par_lieu(epci.nom)))
    assert trouves[epci.nom] == [atelier.nom]


def test_une_commune_d_un_autre_departement_n_a_pas_d_atelier(distribution):
    faire_atelier(distribution)
    autre = Commune.objects.filter(departement="35").first()
    assert (autre.nom, []) in noms(ateliers_par_lieu(autre.nom))


def test_pages(client, distribution):
    assert client.get("/chercher/").status_code == 200
    page = html.fromstring(client.get("/chercher/?q=Zzyzx").content)
    assert "Aucune commune ni intercommunalité ne porte ce nom" in page.text_content()


def test_nombre_de_requetes(client, distribution, django_assert_num_queries):
    faire_atelier(distribution)
    with django_assert_num_queries(6):
        client.get("/chercher/?q=Doullens")
