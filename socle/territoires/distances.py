"""How far, and how long by road: an estimate worked out here, without a map service. Pure.

Roads wind: the great circle is lengthened, then driven at a mean speed. Enough to see that a stop
cannot be reached in time; never shown as more than an estimate.
"""

from __future__ import annotations

from math import asin, ceil, cos, radians, sin, sqrt

RAYON_KM = 6371
# Length of the road for one kilometre as the crow flies.
DETOUR = 1.3
# A coach on secondary roads, villages crossed.
VITESSE_KMH = 50
ARRONDI_MIN = 5
METHODE = (
    "Estimation : la distance à vol d’oiseau allongée de 30 %, à 50 km/h de moyenne, arrondie aux "
    "5 minutes."
)

Point = tuple[float, float]


def kilometres(un: Point, autre: Point) -> float:
    """As the crow flies, between two (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, p)) for p in (un, autre))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * RAYON_KM * asin(min(1.0, sqrt(h)))


def kilometres_de_route(un: Point, autre: Point) -> float:
    return DETOUR * kilometres(un, autre)


def minutes_de_route(un: Point, autre: Point) -> int:
    """Rounded up; nothing from a place to itself."""
    minutes = kilometres_de_route(un, autre) * 60 / VITESSE_KMH
    return ARRONDI_MIN * ceil(round(minutes / ARRONDI_MIN, 6))
