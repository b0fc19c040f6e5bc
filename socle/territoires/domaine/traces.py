"""The outline of a project: read from typed points, checked, measured, drawn. WGS84 only.

As text: one « latitude, longitude » per line; an empty line begins another polygon, and a line
« trou » says that what follows is a hole of the polygon before.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.contours import contour_departement

if TYPE_CHECKING:  # loaded where a shape is handled: every process would carry it
    from shapely.geometry import MultiPolygon
    from shapely.geometry.base import BaseGeometry

POINTS_MAX = 2000
POLYGONES_MAX = 50
DECIMALES = 6
LARGEUR_DESSIN = 600
TROU = "trou"
_POINT = re.compile(r"^(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$")
_POINT_VIRGULE = re.compile(r"^(-?\d{1,3},\d+)\s*[;\s]\s*(-?\d{1,3},\d+)$")

Anneau = list[tuple[float, float]]
Anneaux = tuple[Anneau, list[Anneau]]


def lire_texte(texte: str) -> MultiPolygon | None:
    """None for an empty text; a sentence that names the line for what cannot be read."""
    polygones: list[Anneaux] = []
    courant: Anneau | None = None
    for numero, brute in enumerate(texte.splitlines(), start=1):
        ligne = brute.strip()
        if not ligne:
            courant = None
        elif ligne.lower().rstrip(" :") == TROU:
            if not polygones:
                raise ErreurMetier(f"Ligne {numero} : un trou suit un premier contour.")
            courant = []
            polygones[-1][1].append(courant)
        else:
            if courant is None:
                courant = []
                polygones.append((courant, []))
            courant.append(_lire_point(ligne, numero))
    return assembler(polygones) if polygones else None


def _lire_point(ligne: str, numero: int) -> tuple[float, float]:
    lu = _POINT.match(ligne) or _POINT_VIRGULE.match(ligne)
    if lu is None:
        raise ErreurMetier(
            f"Ligne {numero} : écrivez « latitude, longitude », par exemple « 50.1575, 2.3366 »."
        )
    latitude, longitude = (float(n.replace(",", ".")) for n in lu.groups())
    return longitude, latitude


def _ouvert(anneau: Anneau) -> Anneau:
    """Rounded, without its closing point nor a point said twice in a row."""
    arrondi = [(round(x, DECIMALES), round(y, DECIMALES)) for x, y in anneau]
    suite = [p for rang, p in enumerate(arrondi) if rang == 0 or p != arrondi[rang - 1]]
    return suite[:-1] if len(suite) > 1 and suite[0] == suite[-1] else suite


def _verifier_anneaux(anneaux: list[Anneau]) -> None:
    if sum(len(anneau) for anneau in anneaux) > POINTS_MAX:
        raise ErreurMetier(f"Le contour compte plus de {POINTS_MAX} points : simplifiez-le.")
    for anneau in anneaux:
        if len(anneau) < 3:
            raise ErreurMetier("Un contour compte au moins trois points différents.")
        if not all(math.isfinite(x) and abs(x) <= 180 and abs(y) <= 90 for x, y in anneau):
            raise ErreurMetier(
                "Ces coordonnées ne sont pas des degrés (WGS84) : une projection comme Lambert 93 "
                "est à convertir d’abord."
            )


def assembler(polygones: list[Anneaux]) -> MultiPolygon:
    """Checked polygons; each refusal is a sentence."""
    from shapely.geometry import MultiPolygon, Polygon
    from shapely.validation import explain_validity

    if len(polygones) > POLYGONES_MAX:
        raise ErreurMetier(f"Le tracé compte plus de {POLYGONES_MAX} contours séparés.")
    ouverts = [(_ouvert(dehors), [_ouvert(t) for t in trous]) for dehors, trous in polygones]
    _verifier_anneaux([a for dehors, trous in ouverts for a in (dehors, *trous)])
    formes = [Polygon(dehors, trous) for dehors, trous in ouverts]
    for forme in formes:
        if not forme.is_valid:
            ou = re.search(r"\[(\S+) (\S+)\]", explain_validity(forme))
            lieu = f" près de {float(ou[2]):.4f}, {float(ou[1]):.4f}" if ou else ""
            raise ErreurMetier(
                f"Le contour se croise lui-même{lieu} : corrigez l’ordre des points."
            )
    ensemble = MultiPolygon(formes)
    if not ensemble.is_valid:
        raise ErreurMetier("Deux contours se chevauchent : réunissez-les en un seul.")
    return ensemble


def depuis_geojson(geometrie: dict | None) -> MultiPolygon | None:
    """The shape of what was stored, checked when it was."""
    from shapely.geometry import shape

    return shape(geometrie) if geometrie else None


def en_geojson(forme: MultiPolygon) -> dict:
    """RFC 7946: exterior rings anticlockwise, plain lists."""
    from shapely import orient_polygons
    from shapely.geometry import mapping

    def listes(valeur):
        return [listes(v) for v in valeur] if isinstance(valeur, tuple) else valeur

    brute = mapping(orient_polygons(forme))
    return {"type": brute["type"], "coordinates": listes(tuple(brute["coordinates"]))}


def en_texte(geometrie: dict | None) -> str:
    """What `lire_texte` reads, from what is stored."""
    if not geometrie:
        return ""
    blocs = []
    for polygone in geometrie["coordinates"]:
        lignes: list[str] = []
        for rang, anneau in enumerate(polygone):
            lignes += [TROU] if rang else []
            lignes += [f"{y:.{DECIMALES}f}, {x:.{DECIMALES}f}" for x, y in anneau[:-1]]
        blocs.append("\n".join(lignes))
    return "\n\n".join(blocs)


def nombre_de_points(forme: MultiPolygon) -> int:
    return sum(len(anneau.coords) - 1 for p in forme.geoms for anneau in (p.exterior, *p.interiors))


def surface_ha(forme: BaseGeometry) -> float:
    """On the WGS84 ellipsoid, to the tenth of a hectare."""
    from pyproj import Geod

    return round(abs(Geod(ellps="WGS84").geometry_area_perimeter(forme)[0]) / 10_000, 1)


@dataclass(frozen=True)
class Dessin:
    """What an SVG needs: the box, the outline, the départements around it."""

    vue: str
    trace: str
    fonds: tuple[str, ...]


def dessiner(geometrie: dict, departements=(), communes=()) -> Dessin:
    """Plain degrees, longitudes shortened by the latitude: right enough at this scale.

    Always three by two; what is around is cut a little outside, so that no cut shows: the communes
    (shapes) when they are given, else the départements (codes).
    """
    from shapely.geometry import box

    forme = depuis_geojson(geometrie)
    ouest, sud, est, nord = forme.bounds
    serre = max(math.cos(math.radians((sud + nord) / 2)), 0.1)
    hauteur = LARGEUR_DESSIN * 2 // 3
    demi = max((est - ouest) * serre / 3, (nord - sud) / 2) * 1.5
    large, x, y = demi * 1.5 / serre, (ouest + est) / 2, (sud + nord) / 2
    ouest, sud, est, nord = x - large, y - demi, x + large, y + demi
    echelle = hauteur / (2 * demi)

    def chemin(geom) -> str:
        morceaux = []
        for polygone in getattr(geom, "geoms", [geom]):
            if polygone.geom_type != "Polygon" or polygone.is_empty:
                continue
            for anneau in (polygone.exterior, *polygone.interiors):
                points = (
                    f"{(x - ouest) * serre * echelle:.1f} {(nord - y) * echelle:.1f}"
                    for x, y in anneau.coords[:-1]
                )
                morceaux.append(f"M{'L'.join(points)}Z")
        return "".join(morceaux)

    cadre = box(ouest - large, sud - demi, est + large, nord + demi)
    contours = list(communes) or [contour_departement(code) for code in departements]
    fonds = [chemin(c.intersection(cadre)) for c in contours if c is not None]
    return Dessin(
        vue=f"0 0 {LARGEUR_DESSIN} {hauteur}",
        trace=chemin(forme),
        fonds=tuple(f for f in fonds if f),
    )
