"""Competent services, deduced from the communes."""

import pytest

from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.domaine.competence import services_competents, services_de_la_collectivite
from socle.comptes.models import Organisme
from socle.territoires.domaine import creer_perimetre, importer
from socle.territoires.models import Commune, Epci


def service(nom, nature, departements=(), regions=()):
    organisme = Organisme.objects.create(nom=nom, nature=nature)
    organisme.departements.set(departements)
    organisme.regions.set(regions)
    return organisme


@pytest.fixture
def services(distribution):
    importer(["42", "80", "76", "974", "975"])
    service("DDTM 76", N.DDT, ["76"])
    service("Préfecture 76", N.PREFECTURE, ["76"])
    service("DEAL Réunion", N.DEAL, regions=["04"])
    service("DTAM 975", N.DTAM, ["975"])
    return distribution


@pytest.mark.parametrize(
    ("communes", "epcis", "departements", "pilote"),
    [
        (["80253"], [], ["DDTM 80"], "DDTM 80"),
        # An EPCI over two départements: the most populated one first.
        ([], ["247600588"], ["DDTM 76", "DDTM 80"], "DDTM 76"),
        (["97411"], [], ["DEAL Réunion"], "DEAL Réunion"),
        (["97502"], [], ["DTAM 975"], "DTAM 975"),
        (["42218"], [], [None], None),
        ([], [], [], None),
    ],
)
def test_services_du_perimetre(services, communes, epcis, departements, pilote):
    perimetre = creer_perimetre(
        nom="P",
        communes=Commune.objects.filter(code__in=communes),
        epcis=Epci.objects.filter(code__in=epcis),
    )
    trouves = services_competents(perimetre)
    noms = [c.service and (c.service.sigle or c.service.nom) for c in trouves.departements]
    assert noms == departements
    assert (trouves.pilote and (trouves.pilote.sigle or trouves.pilote.nom)) == pilote


def test_la_prefecture_a_defaut(services):
    Organisme.objects.filter(nom="DDTM 76").delete()
    communes = Commune.objects.filter(code="76217")
    assert services_competents(creer_perimetre(nom="P", communes=communes)).pilote.nom == (
        "Préfecture 76"
    )


def test_la_region_a_sa_dreal_et_l_outre_mer_sa_deal(services):
    communes = Commune.objects.filter(code__in=["80253", "97411"])
    trouves = services_competents(creer_perimetre(nom="P", communes=communes))
    assert [(c.code, c.service.nature) for c in trouves.regions] == [
        ("04", "deal"),
        ("32", "dreal"),
    ]


def test_sans_perimetre_la_collectivite_suffit(services):
    trouves = services_de_la_collectivite(services.collectivite.organisme)
    assert trouves.pilote == services.ddt.organisme
    assert services_competents(None).services == []
