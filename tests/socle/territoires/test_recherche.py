import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socle.territoires.domaine import rechercher
from socle.territoires.domaine.importation import lire_cog

SOMME = [(c[0], c[1]) for c in lire_cog()["communes"] if c[2] == "80"]


def noms(texte, limite=12):
    return [r.nom for r in rechercher(texte, limite)]


def test_st_etien_trouve_saint_etienne(cog):
    assert noms("st etien", 2) == ["Saint-Étienne", "Saint-Étienne Métropole"]
    assert noms("ST-ÉTIEN", 2) == noms("saint etien", 2) == noms("st etien", 2)


@pytest.mark.parametrize(
    ("texte", "premier"),
    [
        ("doullens", "C80253"),
        ("80253", "C80253"),
        ("DOULL", "C80253"),
        ("territoire nord pic", "E200070951"),
        ("nord picardie", "E200070951"),
        ("200070951", "E200070951"),
        ("97500", "C97502"),
        ("97501", "C97501"),
        ("st denis", "C97411"),
        ("saint pierre et miquelon", "C97502"),
    ],
)
def test_premier_trouve(cog, texte, premier):
    assert rechercher(texte)[0].code == premier


def test_exact_puis_debut_puis_population(cog):
    rangs = [r.rang for r in rechercher("amiens")]
    assert noms("amiens", 1) == ["Amiens"]
    assert rangs == sorted(rangs)


@pytest.mark.parametrize("texte", ["", " ", "a", "-", "zzzzqq", "’", "%", "\\", "x" * 500])
def test_rien_a_trouver(cog, texte):
    assert rechercher(texte) == []


def test_une_commune_disparue_n_est_plus_proposee(cog):
    from socle.territoires.models import Commune

    Commune.objects.filter(code="80253").update(actif=False, remplacee_par="80021")
    ((code, precision),) = [(r.code, r.precision) for r in rechercher("doullens", 1)]
    assert (code, precision[:29]) == ("C80021", "ancienne commune de Doullens,")


def test_son_departement_d_abord_et_le_code_est_dit(cog):
    assert rechercher("saint", 1)[0].code == "C42218"
    assert rechercher("saint", 1, departement="80")[0].code[:3] == "C80"
    insee, postal = rechercher("80600")[:2]
    assert (insee.code, insee.precision[:17]) == ("C80600", "code Insee 80600,")
    assert postal.precision[:18] == "code postal 80600,"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(choix=st.sampled_from(SOMME), coupe=st.integers(min_value=0, max_value=8))
def test_le_debut_d_un_nom_trouve_la_commune(cog, choix, coupe):
    code, nom = choix
    texte = nom[: max(3, len(nom) - coupe)]
    assert f"C{code}" in [r.code for r in rechercher(texte, 2000)]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texte=st.text(max_size=40).filter(lambda t: "\x00" not in t))
def test_aucune_saisie_ne_fait_tomber_la_recherche(cog, texte):
    assert len(rechercher(texte, 5)) <= 5
