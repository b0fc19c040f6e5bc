"""Outlines as short text: each ring an encoded polyline (zigzag deltas in base 32), « , » between
the rings of a polygon, « ; » between polygons. The same text in the file, in the table, in the
answer to the browser, which reads it in static/js/polyligne.js.
"""

from __future__ import annotations

from collections.abc import Iterable

PAS = 1e-4  # degree: some ten metres
PAS_FIN = 1e-6  # for parcels
Anneau = list[tuple[float, float]]


def _nombre(valeur: int) -> str:
    reste = ~(valeur << 1) if valeur < 0 else valeur << 1
    morceaux = []
    while reste >= 0x20:
        morceaux.append(chr((0x20 | (reste & 0x1F)) + 63))
        reste >>= 5
    morceaux.append(chr(reste + 63))
    return "".join(morceaux)


def coder_anneau(points: Iterable[tuple[float, float]], pas: float = PAS) -> str:
    """Longitude then latitude; the closing point of a ring is not written."""
    grille = [(round(x / pas), round(y / pas)) for x, y in points]
    while len(grille) > 1 and grille[0] == grille[-1]:
        grille.pop()
    texte, avant = [], (0, 0)
    for point in grille:
        texte += (_nombre(point[0] - avant[0]), _nombre(point[1] - avant[1]))
        avant = point
    return "".join(texte)


def decoder_anneau(texte: str, pas: float = PAS) -> Anneau:
    points, x, y = [], 0, 0
    ecarts, axe, decalage = [0, 0], 0, 0
    for octet in texte.encode("ascii"):
        bits = octet - 63
        ecarts[axe] |= (bits & 0x1F) << decalage
        decalage += 5
        if bits < 0x20:
            brut = ecarts[axe]
            ecarts[axe] = ~(brut >> 1) if brut & 1 else brut >> 1
            decalage = 0
            if axe:
                x, y = x + ecarts[0], y + ecarts[1]
                points.append((x * pas, y * pas))
                ecarts = [0, 0]
            axe = 1 - axe
    return points


def coder(forme, pas: float = PAS) -> str:
    """A shapely Polygon or MultiPolygon."""
    return ";".join(
        ",".join(coder_anneau(a.coords, pas) for a in (p.exterior, *p.interiors))
        for p in getattr(forme, "geoms", [forme])
    )


def anneaux(texte: str, pas: float = PAS) -> list[list[Anneau]]:
    """Polygons, each a list of rings, the exterior one first."""
    return [[decoder_anneau(a, pas) for a in p.split(",")] for p in texte.split(";") if p]


def decoder(texte: str, pas: float = PAS):
    """The shapely MultiPolygon."""
    from shapely.geometry import MultiPolygon

    return MultiPolygon([(a[0], a[1:]) for a in anneaux(texte, pas)])
