from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socle.territoires.domaine import creer_perimetre, modifier_perimetre
from socle.territoires.domaine.importation import lire_cog
from socle.territoires.models import Commune, Departement, Epci, Perimetre

LIGNES = {c[0]: c for c in lire_cog()["communes"] if c[2] in {"80", "42"}}
EPCIS = sorted({c[3] for c in LIGNES.values() if c[3]})


def test_population_sans_double_compte(cog):
    doullens = Commune.objects.get(code="80253")
    epci = doullens.epci
    perimetre = creer_perimetre(nom="Doullens et son EPCI", communes=[doullens], epcis=[epci])
    assert perimetre.population == epci.population
    assert list(perimetre.departements.values_list("code", flat=True)) == ["80"]
    assert perimetre.millesime == 2026


def test_une_zone_libre_apporte_son_departement(cog):
    miquelon = Departement.objects.get(code="975")
    perimetre = creer_perimetre(
        nom="Deux rives",
        communes=Commune.objects.filter(code="80253"),
        zones=[("Isthme", miquelon), ("Isthme", miquelon)],
    )
    assert list(perimetre.departements.values_list("code", flat=True)) == ["80", "975"]
    assert [z.nom for z in perimetre.zones.all()] == ["Isthme"]


def test_modifier_garde_ce_qui_n_est_pas_donne(cog):
    somme, loire = Commune.objects.get(code="80253"), Commune.objects.get(code="42218")
    perimetre = creer_perimetre(nom="A", communes=[somme])
    modifier_perimetre(perimetre, nom="B")
    relu = Perimetre.objects.get()
    assert (relu.nom, relu.population, list(relu.communes.all())) == (
        "B",
        somme.population,
        [somme],
    )
    modifier_perimetre(perimetre, communes=[loire])
    relu.refresh_from_db()
    assert (relu.nom, relu.population) == ("B", loire.population)
    assert list(relu.departements.values_list("code", flat=True)) == ["42"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    communes=st.lists(st.sampled_from(sorted(LIGNES)), max_size=8),
    epcis=st.lists(st.sampled_from(EPCIS), max_size=3),
)
def test_union_de_population(cog, communes, epcis):
    perimetre = creer_perimetre(
        nom="P",
        communes=Commune.objects.filter(code__in=communes),
        epcis=Epci.objects.filter(code__in=epcis),
    )
    tous = lire_cog()["communes"]
    attendus = [c for c in tous if c[0] in communes or (c[3] and c[3] in epcis)]
    assert perimetre.population == sum(c[4] for c in attendus)
    depts = set(perimetre.departements.values_list("code", flat=True))
    assert depts == {c[2] for c in attendus}
