"""Somebody wished for in two ateliers at once: not forbidden, but an absence from one of them.

Whoever is mandatory at both is in one place at a time (`contraintes`); the others choose, and
the calendar says where they would be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from ateliers.calendrier.solveur.geographie import jours_francs
from ateliers.calendrier.solveur.probleme import Date, Probleme, Seance


@dataclass(frozen=True)
class Double:
    """Two séances of different ateliers; `gens`: awaited at both, mandatory at one at most."""

    un: str
    autre: str
    francs: int
    gens: tuple[str, ...]
    points: int


def doubles(probleme: Probleme) -> list[Double]:
    resultat = []
    for un, autre in combinations(probleme.seances, 2):
        if un.atelier == autre.atelier or un.epingle and autre.epingle:
            continue
        gens = tuple(sorted(_attendus(un) & _attendus(autre) - _exiges(un, autre)))
        points = sum(probleme.poids.absent * probleme.ressource(cle).poids for cle in gens)
        if points:
            francs = jours_francs(un.site, autre.site)
            resultat.append(Double(un.cle, autre.cle, francs, gens, points))
    return resultat


def _attendus(seance: Seance) -> set[str]:
    return {*seance.obligatoires, *seance.facultatives}


def _exiges(un: Seance, autre: Seance) -> set[str]:
    return {*un.obligatoires} & {*autre.obligatoires}


def proches(probleme: Probleme, double: Double, par_cle: dict[str, Date]) -> bool:
    """At once, or too far and too soon: the same reading as for a shared team."""
    cles = sorted((double.un, double.autre), key=lambda c: par_cle[c].debut.timestamp())
    avant, apres = (par_cle[c] for c in cles)
    if apres.debut.timestamp() < avant.fin.timestamp():
        return True
    zones = [probleme.seance(c).site.zone for c in cles]
    jours = apres.debut.astimezone(zones[1]).date() - avant.fin.astimezone(zones[0]).date()
    return double.francs > 0 and jours.days <= double.francs
