"""Simplified outlines of the 96 départements of metropolitan France, in pixels and in degrees."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded where a shape is handled: every process would carry it
    from shapely.geometry.base import BaseGeometry

FICHIER = Path(__file__).resolve().parent.parent / "donnees" / "departements.json"
# Corners of the drawing, which is a Mercator one.
OUEST, EST, NORD, SUD = -5.143751, 9.560416, 51.089397, 41.366975
LARGEUR, HAUTEUR = 1226, 1170
TOLERANCE = 0.04  # degrees: the outlines are simplified, some three kilometres wrong here and there
_MORCEAU = re.compile(r"M([^lz]*)l([^z]*)z")
_NOMBRE = re.compile(r"-?\d+\.?\d*")


def mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


@lru_cache(maxsize=1)
def contours() -> dict:
    return json.loads(FICHIER.read_text(encoding="utf-8"))


def en_degres(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the drawing."""
    haut = mercator(NORD)
    ordonnee = haut - y / HAUTEUR * (haut - mercator(SUD))
    return (
        OUEST + x / LARGEUR * (EST - OUEST),
        2 * math.degrees(math.atan(math.exp(ordonnee))) - 90,
    )


def _anneaux(chemin: str):
    """Each ring of a path made of « M… l… z » only."""
    for depart, suite in _MORCEAU.findall(chemin):
        x, y = (float(n) for n in _NOMBRE.findall(depart))
        anneau = [(x, y)]
        nombres = [float(n) for n in _NOMBRE.findall(suite)]
        for dx, dy in zip(nombres[::2], nombres[1::2], strict=True):
            x, y = x + dx, y + dy
            anneau.append((x, y))
        yield anneau


@lru_cache(maxsize=128)
def contour_departement(code: str) -> BaseGeometry | None:
    """Its outline in degrees; None overseas, where no outline is held."""
    from shapely.geometry import Polygon
    from shapely.ops import unary_union

    trace = contours()["departements"].get(code)
    if trace is None:
        return None
    anneaux = [[en_degres(*point) for point in a] for a in _anneaux(trace["d"]) if len(a) > 2]
    return unary_union([Polygon(anneau).buffer(0) for anneau in anneaux])


@lru_cache(maxsize=128)
def contour_elargi(code: str) -> BaseGeometry | None:
    contour = contour_departement(code)
    return contour.buffer(TOLERANCE) if contour is not None else None


def departements_touches(forme: BaseGeometry) -> list[str]:
    """Départements of metropolitan France that hold a part of this shape worth naming."""
    touches = []
    for code in sorted(contours()["departements"]):
        commun = contour_departement(code).intersection(forme)
        if commun.area > forme.area / 100:
            touches.append(code)
    return touches


def sort_de(forme: BaseGeometry, codes) -> bool:
    """True when a part lies outside all of these départements; unknown outlines judge nothing."""
    from shapely.ops import unary_union

    connus = [contour_elargi(code) for code in codes]
    if not connus or any(contour is None for contour in connus):
        return False
    return not unary_union(connus).covers(forme)


def en_pixels(longitude: float, latitude: float) -> tuple[float, float]:
    """The point of the drawing at these degrees."""
    haut = mercator(NORD)
    return (
        (longitude - OUEST) / (EST - OUEST) * LARGEUR,
        (haut - mercator(latitude)) / (haut - mercator(SUD)) * HAUTEUR,
    )
