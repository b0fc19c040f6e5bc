"""Outlines: read from text and files, refused with a sentence, measured on the ellipsoid."""

import json

import pytest
from shapely.geometry import Polygon

from socle.erreurs import ErreurMetier
from socle.territoires.domaine import traces
from socle.territoires.domaine.contours import (
    contour_departement,
    contours,
    departements_touches,
    en_degres,
    en_pixels,
    sort_de,
)
from socle.territoires.domaine.fichiers_geo import TAILLE_MAX, lire_trace

CARRE = "50.10, 2.30\n50.10, 2.32\n50.12, 2.32\n50.12, 2.30"
ANNEAU = [[2.30, 50.10], [2.32, 50.10], [2.32, 50.12], [2.30, 50.12], [2.30, 50.10]]


def geojson(geometrie, **plus) -> bytes:
    return json.dumps({"type": "Feature", "properties": {}, "geometry": geometrie, **plus}).encode()


def test_le_texte_se_relit_apres_le_geojson():
    texte = f"{CARRE}\ntrou\n50.105, 2.305\n50.105, 2.31\n50.11, 2.31\n\n"
    texte += "49.9, 2.3\n49.9, 2.31\n49.91, 2.3"
    stocke = traces.en_geojson(traces.lire_texte(texte))
    assert stocke["type"] == "MultiPolygon"
    assert [[len(a) for a in p] for p in stocke["coordinates"]] == [[5, 4], [4]]
    relu = traces.en_texte(stocke)
    assert traces.en_geojson(traces.lire_texte(relu)) == stocke
    assert traces.nombre_de_points(traces.lire_texte(relu)) == 10
    assert json.loads(json.dumps(stocke)) == stocke
    assert traces.lire_texte(" \n ") is None


def test_la_virgule_decimale_se_lit():
    assert traces.lire_texte(CARRE.replace(", ", ";").replace(".", ",")).equals(
        traces.lire_texte(CARRE)
    )


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("50.1, 2.3\nici", "Ligne 2"),
        ("50.1, 2.3\n50.2, 2.3", "trois points"),
        ("50.1, 2.3\n50.1, 2.3\n50.1, 2.3", "trois points"),
        ("trou\n50.1, 2.3", "premier contour"),
        ("91, 2\n50, 3\n51, 3", "WGS84"),
        ("0, 0\n1, 1\n0, 1\n1, 0", "se croise"),
        (f"{CARRE}\n\n50.11, 2.31\n50.11, 2.33\n50.13, 2.33", "se chevauchent"),
        ("\n".join(f"{10 + i / 1000:.3f}, {2 + (i % 2)}" for i in range(2001)), "2000 points"),
    ],
)
def test_chaque_refus_est_une_phrase(texte, phrase):
    with pytest.raises(ErreurMetier, match=phrase):
        traces.lire_texte(texte)


def test_la_surface_est_celle_de_l_ellipsoide():
    """A degree square on the equator measures 12 308.78 km² on WGS84, whatever its direction."""
    carre = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    assert traces.surface_ha(carre) == pytest.approx(1_230_877.8, abs=1)
    assert traces.surface_ha(carre.reverse()) == traces.surface_ha(carre)
    # Some 222,6 m by 143,3 m at fifty degrees north.
    assert traces.surface_ha(traces.lire_texte(CARRE)) == pytest.approx(222.4 * 1.432, rel=0.01)


KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing>'
    "<coordinates>2.30,50.10,0 2.32,50.10,0 2.32,50.12,0 2.30,50.12,0 2.30,50.10,0</coordinates>"
    "</LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
)
GPX = (
    '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg><trkpt lat="50.10" lon="2.30"/>'
    '<trkpt lat="50.10" lon="2.32"/><trkpt lat="50.12" lon="2.32"/><trkpt lat="50.12" lon="2.30"/>'
    "</trkseg></trk></gpx>"
)


@pytest.mark.parametrize(
    "octets",
    [
        geojson({"type": "Polygon", "coordinates": [ANNEAU]}),
        geojson({"type": "MultiPolygon", "coordinates": [[ANNEAU]]}),
        b"\xef\xbb\xbf" + geojson({"type": "Polygon", "coordinates": [ANNEAU]}),
        geojson(
            {"type": "Polygon", "coordinates": [ANNEAU]},
            crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        ),
        KML.encode(),
        GPX.encode(),
    ],
)
def test_les_trois_formats_donnent_le_meme_trace(octets):
    assert lire_trace("f", octets).equals(traces.lire_texte(CARRE))


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"x" * (TAILLE_MAX + 1), "trop lourd"),
        (b"PK\x03\x04", "KMZ"),
        (b"bonjour", "ni un GeoJSON"),
        (b"{", "ne peut pas être lu"),
        (b'{"type":"Polygon","coordinates":[[["a"]]]}', "ne peut pas être lu"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5]]]}', "WGS84"),
        (b'{"a":' * 5000, "ne peut pas être lu"),
        (geojson({"type": "Point", "coordinates": [2, 50]}), "aucun polygone"),
        (
            geojson({"type": "Polygon", "coordinates": [[[65e4, 686e4], [0, 1], [1, 0]]]}),
            "Lambert",
        ),
        (
            geojson(
                {"type": "Polygon", "coordinates": [ANNEAU]},
                crs={"properties": {"name": "EPSG:2154"}},
            ),
            "WGS84",
        ),
        (b"<kml>", "ne peut pas être lu"),
        (b"<svg/>", "ni un KML ni un GPX"),
        (b'<!DOCTYPE kml [<!ENTITY a "aa">]><kml>&a;</kml>', "ne peut pas être lu"),
        (b'<!DOCTYPE k SYSTEM "file:///etc/passwd"><kml/>', "ne peut pas être lu"),
        (KML.replace("2.30,50.10,0 ", "ici ", 1).encode(), "coordonnées"),
    ],
)
def test_chaque_fichier_refuse_l_est_avec_une_phrase(octets, phrase):
    with pytest.raises(ErreurMetier, match=phrase):
        lire_trace("essai", octets)


def test_les_contours_sont_situes():
    """Amiens, Rennes, Ajaccio and Strasbourg lie where they should; the drawing reads both ways."""
    villes = {"80": (2.30, 49.89), "35": (-1.68, 48.11), "2A": (8.74, 41.93), "67": (7.75, 48.57)}
    for code, (lon, lat) in villes.items():
        carre = Polygon([(lon, lat), (lon + 0.01, lat), (lon, lat + 0.01)])
        assert departements_touches(carre) == [code]
        assert not sort_de(carre, [code])
        assert sort_de(carre, ["59"])
        assert en_degres(*en_pixels(lon, lat)) == pytest.approx((lon, lat))
    assert len(contours()["departements"]) == 96
    assert all(not contour_departement(c).is_empty for c in contours()["departements"])
    assert contour_departement("974") is None
    assert not sort_de(carre, ["974"])


def test_le_dessin_tient_dans_son_cadre():
    dessin = traces.dessiner(traces.en_geojson(traces.lire_texte(CARRE)), ["80", "974"])
    assert dessin.vue.startswith("0 0 600 ")
    assert dessin.trace.count("M") == 1
    assert len(dessin.fonds) == 1
