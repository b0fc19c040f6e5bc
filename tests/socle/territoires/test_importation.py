from django.core.management import call_command

from socle.territoires.domaine import importer, millesime_courant
from socle.territoires.models import Commune, Departement, Epci, Region


def _etat():
    liens = Epci.departements.through.objects.values_list("epci_id", "departement_id")
    return (
        list(Region.objects.order_by("code").values_list()),
        list(Departement.objects.order_by("code").values_list()),
        list(Epci.objects.order_by("code").values_list()),
        list(Commune.objects.order_by("code").values_list()),
        sorted(liens),
    )


def test_importer_deux_fois_ne_change_rien(cog):
    avant = _etat()
    importer(["42", "80", "974", "975"])
    assert _etat() == avant


def test_faits_du_decoupage(cog):
    doullens = Commune.objects.select_related("epci", "departement__region").get(code="80253")
    assert (doullens.nom, doullens.codes_postaux) == ("Doullens", ["80600"])
    assert doullens.epci.nom == "CC du Territoire Nord Picardie"
    assert doullens.departement.region.nom == "Hauts-de-France"
    assert millesime_courant() == 2026


def test_outre_mer(cog):
    assert Departement.objects.get(code="974").fuseau == "Indian/Reunion"
    assert Departement.objects.get(code="975").fuseau == "America/Miquelon"
    assert list(
        Commune.objects.filter(departement="975").order_by("code").values_list("nom", "epci")
    ) == [("Miquelon-Langlade", None), ("Saint-Pierre", None)]
    codes = {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}
    assert set(Departement.objects.filter(code__in=codes).values_list("code", flat=True)) == codes


def test_population_d_un_epci_est_celle_de_ses_communes(cog):
    for epci in Epci.objects.filter(departements="80").distinct():
        assert epci.population == sum(epci.communes.values_list("population", flat=True))


def test_commande(db, capsys):
    call_command("importer_cog", "--departements", "975")
    sortie = capsys.readouterr().out
    assert sortie.startswith("Découpage 2026 : 26 régions, 109 départements, ")
    assert Commune.objects.filter(departement="975").count() == 2
