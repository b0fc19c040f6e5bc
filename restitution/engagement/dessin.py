"""Drawings of the PDF: imaginary contour lines for the cover, the timeline of the actions."""

import math
import random


def courbes(graine: str, *, lignes: int = 22, pas: float = 15.0) -> tuple[str, ...]:
    """SVG paths of nested closed curves in a 210 × 297 box; the same seed draws the same."""
    hasard = random.Random(graine)
    cx, cy = hasard.uniform(120, 190), hasard.uniform(70, 130)
    ondes = [
        (
            rang,
            hasard.uniform(0.04, 0.30) / rang,
            hasard.uniform(0, math.tau),
            hasard.uniform(-0.05, 0.05),
        )
        for rang in (1, 2, 3, 5)
    ]
    return tuple(_courbe(cx, cy, rayon, ondes, pas) for rayon in range(1, lignes + 1))


def _courbe(cx, cy, rang, ondes, pas) -> str:
    points = []
    for k in range(40):
        angle = math.tau * k / 40
        forme = 1 + sum(a * math.cos(n * angle + phi + rang * d) for n, a, phi, d in ondes)
        rayon = rang * pas * 0.75 * forme
        points.append((cx + rayon * math.cos(angle), cy + 1.15 * rayon * math.sin(angle)))
    milieux = [
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in zip(points, points[1:] + points[:1], strict=True)
    ]
    depart = milieux[-1]
    segments = [
        f"Q{p[0]:.1f} {p[1]:.1f} {m[0]:.1f} {m[1]:.1f}"
        for p, m in zip(points, milieux, strict=True)
    ]
    return f"M{depart[0]:.1f} {depart[1]:.1f}" + "".join(segments) + "Z"


def frise(
    echeances: list[tuple[str, int]],
) -> tuple[list[tuple[float, str]], list[tuple[float, float, str]]]:
    """(years, points) of the timeline in a box 170 wide; points of one year are stacked."""
    if not echeances:
        return [], []
    annees = [annee for _numero, annee in echeances]
    debut, fin = min(annees), max(annees)
    nombre = fin - debut + 1
    largeur = 170 / nombre
    graduations = [
        (largeur * (k + 0.5), str(debut + k)) for k in range(nombre) if nombre <= 14 or k % 2 == 0
    ]
    return graduations, _empiler(annees, echeances, debut, largeur)


def _empiler(annees, echeances, debut: int, largeur: float) -> list[tuple[float, float, str]]:
    """Points of one year, by rows centred under its mark."""
    par_rangee = max(1, int(largeur // 11))
    piles: dict[int, int] = {}
    points = []
    for numero, annee in echeances:
        rang = piles.get(annee, 0)
        piles[annee] = rang + 1
        rangee, place = divmod(rang, par_rangee)
        dans_la_rangee = min(par_rangee, annees.count(annee) - rangee * par_rangee)
        decalage = (place - (dans_la_rangee - 1) / 2) * 10.5
        x = largeur * (annee - debut + 0.5) + decalage
        points.append((round(x, 1), 9.0 * rangee, numero))
    return points
