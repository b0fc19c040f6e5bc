"""A drawn outline against those of the communes: which it touches, how much of each, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socle.territoires.domaine.traces import POINTS_MAX, POLYGONES_MAX, nombre_de_points
from socle.territoires.models import Commune, ContourCommune
from socle.territoires.polyligne import PAS, decoder

if TYPE_CHECKING:  # loaded where a shape is handled: every process would carry it
    from shapely.geometry import MultiPolygon
    from shapely.geometry.base import BaseGeometry

# Outlines are simplified: a sliver along a border is no contact, unless the outline is tiny too.
SEUIL_CONTACT = 0.005
SEUIL_TRACE = 0.01
SEUIL_COUVERTE = 0.5
FONDS_MAX = 250
COTE_MAX = 0.4  # degree


@dataclass(frozen=True)
class Touchee:
    """A commune that the outline touches; `part`: how much of it is covered, from 0 to 1."""

    code: str
    nom: str
    departement: str
    part: float

    @property
    def couverte(self) -> bool:
        return self.part >= SEUIL_COUVERTE


def parts(forme: BaseGeometry | None, contours: Mapping[str, BaseGeometry]) -> dict[str, float]:
    """Pure. The covered share of each commune touched, in degrees: a ratio needs no more."""
    if forme is None or forme.is_empty:
        return {}
    from shapely import prepare

    prepare(forme)  # most communes are wholly inside or outside: told without an intersection
    communes = {}
    for code, contour in contours.items():
        if forme.covers(contour):
            communes[code] = 1.0
        elif forme.intersects(contour):
            commun = contour.intersection(forme).area
            part = min(commun / contour.area, 1.0)
            if part >= SEUIL_CONTACT or commun >= SEUIL_TRACE * forme.area:
                communes[code] = part
    return communes


@dataclass(frozen=True)
class Proche:
    nom: str
    departement: str
    contour: BaseGeometry


def dessinable(forme: BaseGeometry) -> bool:
    """Small enough for the communes around it to be drawn, and not too many."""
    ouest, sud, est, nord = forme.bounds
    return max(est - ouest, nord - sud) < COTE_MAX


def communes_a_dessiner(forme: BaseGeometry | None) -> dict[str, Proche]:
    """`communes_proches`, unless nothing would be drawn of it."""
    return communes_proches(forme) if forme is not None and dessinable(forme) else {}


def communes_proches(forme: BaseGeometry | None) -> dict[str, Proche]:
    """Those whose box meets the outline; with its surroundings, that a drawing shows, when it is
    small enough for them to be drawn. One query."""
    if forme is None or forme.is_empty:
        return {}
    ouest, sud, est, nord = forme.bounds
    marge = max(est - ouest, nord - sud) if dessinable(forme) else 0.0
    lues = ContourCommune.objects.filter(
        ouest__lte=est + marge,
        est__gte=ouest - marge,
        sud__lte=nord + marge,
        nord__gte=sud - marge,
        commune__actif=True,
    ).values_list("commune_id", "commune__nom", "commune__departement_id", "geometrie")
    return {code: Proche(nom, dept, decoder(texte)) for code, nom, dept, texte in lues}


def fonds(proches: Mapping[str, Proche]) -> list[BaseGeometry]:
    """What to draw around an outline; nothing when there would be too much to draw."""
    return [p.contour for p in proches.values()] if len(proches) <= FONDS_MAX else []


def communes_touchees(
    forme: BaseGeometry | None, proches: Mapping[str, Proche] | None = None
) -> list[Touchee]:
    """The most covered first. One query, none when the communes around were read."""
    lues = communes_proches(forme) if proches is None else proches
    couvertes = parts(forme, {code: lue.contour for code, lue in lues.items()})
    touchees = [
        Touchee(code, lues[code].nom, lues[code].departement, part)
        for code, part in couvertes.items()
    ]
    return sorted(touchees, key=lambda t: (-round(t.part, 3), t.nom, t.code))


@dataclass(frozen=True)
class Reunion:
    """The union of outlines, light enough to be an outline itself; what was left aside."""

    forme: MultiPolygon | None
    tolerance_m: int
    ilots_ecartes: int
    sans_contour: tuple[str, ...]


def reunir(codes: Collection[str]) -> Reunion:
    """One query. Communes without outline are named."""
    lignes = Commune.objects.filter(code__in=codes).order_by("nom", "code")
    lues = list(lignes.values_list("nom", "contour__geometrie"))
    formes = [decoder(texte) for _, texte in lues if texte]
    sans = tuple(nom for nom, texte in lues if not texte)
    if not formes:
        return Reunion(None, 0, 0, sans)
    forme, tolerance, ilots = alleger(formes)
    return Reunion(forme, round(tolerance * 111_000), ilots, sans)


def alleger(formes: Collection[BaseGeometry]) -> tuple[MultiPolygon, float, int]:
    """Pure. Their union within the limits of a drawn outline: simplified as little as needed."""
    from shapely import set_precision, union_all
    from shapely.geometry import MultiPolygon

    def plusieurs(geometrie) -> list:
        return sorted(
            (p for p in getattr(geometrie, "geoms", [geometrie]) if p.geom_type == "Polygon"),
            key=lambda p: -p.area,
        )

    # The grid closes the slits that two drawings of one border may leave.
    polygones = plusieurs(set_precision(union_all(list(formes)), PAS))
    ecartes = max(len(polygones) - POLYGONES_MAX, 0)
    entiere = forme = MultiPolygon(polygones[:POLYGONES_MAX])
    tolerance = 0.0
    while nombre_de_points(forme) > POINTS_MAX:
        tolerance = tolerance * 1.5 or PAS
        simple = plusieurs(entiere.simplify(tolerance))
        forme = MultiPolygon([p for p in simple if not p.is_empty][:POLYGONES_MAX])
    return forme, tolerance, ecartes
