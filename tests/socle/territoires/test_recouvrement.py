"""Shares of communes under an outline: properties, limits of the union, both ways of reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box
from shapely.ops import unary_union

from socle.territoires.domaine.contours_communes import contours_du_departement, importer_contours
from socle.territoires.domaine.recouvrement import (
    SEUIL_CONTACT,
    SEUIL_TRACE,
    alleger,
    communes_touchees,
    parts,
    reunir,
)
from socle.territoires.domaine.traces import (
    POINTS_MAX,
    en_geojson,
    en_texte,
    lire_texte,
    nombre_de_points,
    surface_ha,
)
from socle.territoires.models import ContourCommune
from socle.territoires.polyligne import decoder
from tests.socle.territoires.test_traces import CARRE

COTE = 4  # a made-up country: squares of one degree, side by side
PAVAGE = {f"{x}{y}": box(x, y, x + 1, y + 1) for x in range(COTE) for y in range(COTE)}
nombres = st.integers(-100, 500).map(lambda n: n / 100)


@st.composite
def rectangles(tirer):
    x, y = tirer(nombres), tirer(nombres)
    return box(x, y, x + tirer(st.integers(1, 300)) / 100, y + tirer(st.integers(1, 300)) / 100)


formes = st.lists(rectangles(), min_size=1, max_size=4).map(unary_union)


@given(formes)
def test_la_somme_des_parts_est_ce_que_le_trace_couvre(forme):
    """The squares all measure one: their shares add up to the covered area, slivers aside."""
    lues = parts(forme, PAVAGE)
    assert all(0 <= part <= 1 for part in lues.values())
    couvert = forme.intersection(box(0, 0, COTE, COTE)).area
    ecartees = len(PAVAGE) * max(SEUIL_CONTACT, SEUIL_TRACE * forme.area)
    assert couvert - ecartees <= sum(lues.values()) <= couvert + 1e-9


@given(formes, st.sampled_from(sorted(PAVAGE)))
def test_une_commune_contenue_est_couverte_en_entier_et_reciproquement(forme, code):
    part = parts(forme, PAVAGE).get(code, 0)
    assert (part == pytest.approx(1)) is (forme.intersection(PAVAGE[code]).area > 1 - 1e-7)
    # The other way round: a commune as the outline covers itself, and its neighbours by nothing.
    assert parts(PAVAGE[code], PAVAGE) == {code: 1.0}
    assert parts(unary_union([forme, PAVAGE[code]]), PAVAGE)[code] == pytest.approx(1)


def test_un_trace_vide_ou_lointain_ne_touche_rien():
    assert parts(None, PAVAGE) == {} == parts(MultiPolygon([]), PAVAGE)
    assert parts(box(50, 50, 51, 51), PAVAGE) == {}
    assert parts(box(0.4, 0.4, 0.41, 0.41), PAVAGE) == {"00": pytest.approx(0.0001)}
    assert parts(box(-0.001, 0, 1, 1), {"ouest": box(-1, 0, 0, 1), "00": PAVAGE["00"]}) == {
        "00": 1.0
    }


@settings(max_examples=20)
@given(st.sets(st.sampled_from(sorted(PAVAGE)), min_size=1))
def test_le_contour_reuni_couvre_ces_communes_et_elles_seules(codes):
    forme, tolerance, ecartes = alleger([PAVAGE[code] for code in codes])
    assert (tolerance, ecartes) == (0, 0)
    assert parts(forme, PAVAGE) == {code: pytest.approx(1) for code in codes}


def test_le_contour_reuni_tient_dans_un_trace():
    peigne = [box(i / 1000, 0, i / 1000 + 0.0005, 1 + (i % 2) / 10) for i in range(900)]
    forme, _, ecartes = alleger(peigne)
    assert (len(forme.geoms), ecartes) == (50, 850)
    dents = unary_union([*peigne, box(0, -1, 1, 0.001)])
    forme, tolerance, ecartes = alleger([dents])
    assert nombre_de_points(forme) <= POINTS_MAX < nombre_de_points(MultiPolygon([dents]))
    assert tolerance > 0 and ecartes == 0
    assert forme.is_valid


@pytest.fixture
def contours(cog):
    importer_contours(["80", "974"])


def test_la_somme_a_rendu_ses_communes(contours, django_assert_num_queries):
    with django_assert_num_queries(1):
        touchees = communes_touchees(lire_texte(CARRE))
    # Candas is touched along its border only: a sliver of one part in two thousand.
    assert [(t.nom, round(t.part, 3)) for t in touchees] == [("Beauval", 0.139)]
    assert communes_touchees(None) == []
    with django_assert_num_queries(1):
        reunion = reunir(["80253", "80044", "97502", "97411"])
    assert reunion.sans_contour == ("Saint-Pierre",)
    assert {t.code for t in communes_touchees(reunion.forme)} == {"80253", "80044", "97411"}
    assert [t.part for t in communes_touchees(reunion.forme)] == [pytest.approx(1)] * 3


def test_un_departement_entier_reste_un_trace(contours):
    somme = ContourCommune.objects.filter(commune__departement="80")
    codes = list(somme.values_list("pk", flat=True))
    forme = reunir(codes).forme
    assert nombre_de_points(forme) <= POINTS_MAX
    assert lire_texte(en_texte(en_geojson(forme))) is not None
    assert surface_ha(forme) == pytest.approx(621_000, rel=0.02)
    touchees = communes_touchees(forme)
    assert len(touchees) == len(codes) and min(t.part for t in touchees) > 0.9


def test_l_adresse_des_contours(contours, distribution, connecte):
    client = connecte("evaluateur")
    reponse = client.get("/territoires/contours/80/", headers={"accept-encoding": "gzip"})
    assert reponse["Cache-Control"] == "private, max-age=86400"
    assert (reponse["Content-Encoding"], len(reponse.content) < 120_000) == ("gzip", True)
    revue = client.get("/territoires/contours/80/", headers={"if-none-match": reponse["ETag"]})
    assert revue.status_code == 304
    lue = client.get("/territoires/contours/80/").json()
    assert lue["communes"] == contours_du_departement("80")
    assert all(decoder(c["trace"], lue["pas"]).is_valid for c in lue["communes"])
    assert client.get("/territoires/contours/2A/").json()["communes"] == []
    assert client.get("/territoires/contours/999/").status_code == 404
