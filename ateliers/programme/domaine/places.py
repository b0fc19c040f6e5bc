"""Where a stop is: read from what was typed, and found again with its coordinates."""

from __future__ import annotations

import re
from collections import defaultdict

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from ateliers.lieux.models import Lieu
from ateliers.programme.models import Arret
from socle.territoires.models import Commune
from socle.territoires.texte import developper

_NOMBRE = r"(-?\d{1,3}(?:[.,]\d+)?)"
# A comma parts two numbers when a space follows it, or when they are written with points.
_COORDONNEES = re.compile(
    rf"{_NOMBRE}(?:\s*;\s*|,\s+|\s+){_NOMBRE}|(-?\d{{1,3}}\.\d+),(-?\d{{1,3}}\.\d+)"
)
SANS_PLACE = {"commune": None, "latitude": None, "longitude": None}


def avec_places(arrets=None):
    """With `lat` and `lon`: the coordinates given, else the middle of the commune."""
    arrets = Arret.objects.all() if arrets is None else arrets
    sud, nord = F("commune__contour__sud"), F("commune__contour__nord")
    ouest, est = F("commune__contour__ouest"), F("commune__contour__est")
    return arrets.select_related("commune").annotate(
        lat=Coalesce("latitude", (sud + nord) / 2), lon=Coalesce("longitude", (ouest + est) / 2)
    )


def coordonnees(texte: str) -> tuple[float, float] | None:
    """« 50,157 ; 2,340 » or « 50.157, 2.340 »: latitude, longitude."""
    trouve = _COORDONNEES.fullmatch(texte.strip())
    if trouve is None:
        return None
    lat, lon = (float(t.replace(",", ".")) for t in trouve.groups() if t)
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def situer(textes, perimetre) -> dict[str, dict | None]:
    """What was typed → the place it names in these départements; None: nothing, or several."""
    resultat = {t: _point(t) for t in textes}
    noms = [t for t, place in resultat.items() if place is None]
    if not noms:
        return resultat
    departements = list(perimetre.departements.values_list("code", flat=True))
    trouvees = defaultdict(set)
    for commune in _communes(departements, noms):
        trouvees[commune.code.lower()].add(commune)
        trouvees[commune.nom_recherche].add(commune)
    for lieu in _lieux(departements, noms):
        trouvees[developper(lieu.nom)].add(lieu.commune)
    for texte in noms:
        possibles = trouvees[developper(texte)]
        if len(possibles) == 1:
            resultat[texte] = SANS_PLACE | {"commune": next(iter(possibles))}
    return resultat


def _point(texte):
    point = coordonnees(texte)
    return SANS_PLACE | dict(zip(("latitude", "longitude"), point, strict=True)) if point else None


def _communes(departements, textes):
    cles = [developper(t) for t in textes]
    nommees = Q(code__in=[c.upper() for c in cles]) | Q(nom_recherche__in=cles)
    return Commune.objects.filter(nommees, departement__in=departements, actif=True)


def _lieux(departements, textes):
    nommes = Q()
    for texte in textes:
        nommes |= Q(nom__iexact=texte)
    lieux = Lieu.objects.filter(nommes, departement__in=departements, commune__isnull=False)
    return lieux.select_related("commune")


def suggestions(perimetre) -> list[str]:
    """What the field proposes: the communes of the territory, then the rooms known around."""
    communes = Commune.objects.filter(code__in=perimetre.couverture).order_by("nom")
    lieux = Lieu.objects.filter(
        departement__in=perimetre.departements.values("code"), commune__isnull=False, ferme=False
    )
    noms = [*communes.values_list("nom", flat=True), *lieux.values_list("nom", flat=True)]
    return list(dict.fromkeys(noms))
