"""The frame of a map on which one draws: Web Mercator, so that tiles and outlines agree."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from socle.territoires.domaine.contours import contour_departement, mercator
from socle.territoires.domaine.contours_communes import cadre_de

LARGEUR = 1000
MARGE = 0.04


@dataclass(frozen=True)
class Cadre:
    """Corners in degrees, and its size in units of the drawing."""

    ouest: float
    sud: float
    est: float
    nord: float

    @property
    def hauteur(self) -> float:
        haut = mercator(self.nord) - mercator(self.sud)
        return LARGEUR * haut / math.radians(self.est - self.ouest)

    @property
    def vue(self) -> str:
        return f"0 0 {LARGEUR} {self.hauteur:.1f}"

    @property
    def coins(self) -> str:
        bornes = f"{self.ouest:.6f} {self.est:.6f} {self.nord:.6f} {self.sud:.6f}"
        return f"{bornes} {LARGEUR} {self.hauteur:.3f}"

    def chemin(self, forme) -> str:
        """The path of a shapely shape."""
        unite = LARGEUR / math.radians(self.est - self.ouest)
        haut = mercator(self.nord)
        morceaux = []
        for polygone in getattr(forme, "geoms", [forme]):
            for anneau in (polygone.exterior, *polygone.interiors):
                points = (
                    f"{math.radians(x - self.ouest) * unite:.1f} {(haut - mercator(y)) * unite:.1f}"
                    for x, y in anneau.coords[:-1]
                )
                morceaux.append(f"M{'L'.join(points)}Z")
        return "".join(morceaux)


def cadre_des_departements(codes: Collection[str]) -> Cadre | None:
    """Around metropolitan départements when there are some, else around the outlines held."""
    contours = [c for c in map(contour_departement, codes) if c is not None]
    if contours:
        bornes = [c.bounds for c in contours]
        ouest, sud = min(b[0] for b in bornes), min(b[1] for b in bornes)
        est, nord = max(b[2] for b in bornes), max(b[3] for b in bornes)
    elif codes and (tenu := cadre_de(codes)):
        ouest, sud, est, nord = tenu
    else:
        return None
    dx, dy = (est - ouest) * MARGE, (nord - sud) * MARGE
    return Cadre(ouest - dx, sud - dy, est + dx, nord + dy)
