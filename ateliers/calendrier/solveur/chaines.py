"""The best dates of séances that follow each other, by dynamic programming on their starts.

The séances of an atelier are a path: each depends on the one before only. Thousands of starts are
compared at once, so the best calendar of one atelier is exact, and proven, in a fraction of a
second. What links two ateliers (a team, a person, a room) is left to `descente`.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import product

import numpy as np

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.contraintes import figees, ordre_impose
from ateliers.calendrier.solveur.domaines import Domaines
from ateliers.calendrier.solveur.probleme import Probleme

INFINI = np.int64(1 << 40)
# First dates tried one by one when the length of the dispositif binds.
ESSAIS = 150


@dataclass(frozen=True)
class Distinction:
    """Another calendar: `besoin` séances at least `ecart` days away from each of `precedents`."""

    precedents: tuple[dict[str, int], ...] = ()
    besoin: int = 0
    ecart: int = 0

    def bouges(self, cle: str, departs: np.ndarray, precedent: dict) -> np.ndarray:
        if self.ecart:
            return np.abs(departs // 3 - precedent[cle] // 3) >= self.ecart
        return departs != precedent[cle]


def chaines(probleme: Probleme) -> list[tuple[str, ...]] | None:
    """The paths that the écarts draw; None when they draw anything else."""
    voisines = {s.cle: set() for s in probleme.seances}
    for e in probleme.ecarts:
        voisines[e.apres].add(e.avant)
    try:
        ordre = list(TopologicalSorter(voisines).static_order())
    except CycleError:
        return None
    resultat = []
    for groupe in _groupes(probleme, ordre):
        rangs = {cle: rang for rang, cle in enumerate(groupe)}
        siens = [e for e in probleme.ecarts if e.avant in rangs]
        pas = [(rangs[e.apres] - rangs[e.avant], e) for e in siens]
        suites = [rangs[e.avant] for n, e in pas if n == 1]
        # An order between two séances that are not neighbours follows from those between.
        autres = any(n > 1 and (e.min_jours or e.max_jours or e.recommande) for n, e in pas)
        if autres or sorted(suites) != list(range(len(groupe) - 1)):
            return None
        resultat.append(tuple(groupe))
    return resultat


def _groupes(probleme, ordre):
    """Connected séances, each group in the order of the écarts."""
    groupe = {cle: {cle} for cle in ordre}
    for e in probleme.ecarts:
        if groupe[e.avant] is not groupe[e.apres]:
            groupe[e.avant] |= groupe[e.apres]
            for cle in groupe[e.avant]:
                groupe[cle] = groupe[e.avant]
    vus, resultat = set(), []
    for cle in ordre:
        if cle not in vus:
            vus |= groupe[cle]
            resultat.append([c for c in ordre if c in groupe[cle]])
    return resultat


class Chaine:
    def __init__(self, domaines: Domaines, cles: tuple[str, ...]):
        self.domaines, self.cles = domaines, cles
        probleme = domaines.probleme
        self.ecarts = {(e.avant, e.apres): e for e in probleme.ecarts}
        self.libres = tuple(c for c in cles if c not in domaines.fixees)
        siennes = [d for d in probleme.durees if d.premiere in cles]
        self.duree = next(
            (d for d in siennes if (d.premiere, d.derniere) == (cles[0], cles[-1])), None
        )
        if self.duree and figees(probleme, self.duree.premiere, self.duree.derniere):
            self.duree = None
        self.points, self.plus = {cle: self._points(cle) for cle in cles}, {}

    def _points(self, cle):
        probleme, points = self.domaines.probleme, self.domaines.points(cle)
        if cle in probleme.finales:
            debut = self.domaines.grille.rang(probleme.debut)
            jours = self.domaines.departs(cle) // 3 + self.domaines.en_plus[cle] - debut
            points = points + probleme.poids.retard_par_jour * jours
        return points

    def transition(self, avant: str, apres: str, siens=slice(None), suivants=slice(None)):
        """Cost of each pair of starts, infinite when it breaks the order or the écart.

        `siens`, `suivants`: which of their starts are looked at. Écarts are counted in days of
        each site, the order in instants: two sites may not share their clock.
        """
        ecart, d = self.ecarts[(avant, apres)], self.domaines
        gauche, droite = d.departs(avant)[siens], d.departs(apres)[suivants]
        ensemble = figees(d.probleme, avant, apres)
        jours = (droite // 3)[None, :] - (gauche // 3 + d.en_plus[avant])[:, None]
        if not ordre_impose(d.probleme, ecart):
            return np.zeros(jours.shape, np.int64)
        fins, debuts = d.bornes(avant)[1][siens], d.bornes(apres)[0][suivants]
        faux = debuts[None, :] < fins[:, None]
        cout = np.zeros(jours.shape, np.int64)
        if not ensemble:
            faux |= jours < ecart.min_jours
            if ecart.max_jours is not None:
                faux |= jours > ecart.max_jours
            if ecart.recommande is not None and not couts.fige(d.probleme, ecart):
                cout = d.probleme.poids.ecart_par_jour * np.abs(jours - ecart.recommande)
        cout[faux] = INFINI
        return cout

    def meilleure(self, permis: dict[str, np.ndarray], distinction: Distinction, plus=None):
        """(cost, starts, proven) with what `permis` leaves of each séance; None when nothing.

        `plus`: what each start costs besides, where the other ateliers are. No starts: none was
        found, none is ruled out.
        """
        self.plus = plus or {}
        trouve = self._parcourir(permis, distinction)
        if trouve is None or not self.duree or self._tient(trouve[1]):
            return trouve and (*trouve, True)
        return self._par_premiere(permis, distinction)

    def _dernier(self, cle, departs):
        return departs // 3 + self.domaines.en_plus[cle]

    def _tient(self, departs) -> bool:
        premiere, derniere = self.duree.premiere, self.duree.derniere
        debut = departs[premiere] // 3
        assez = departs[derniere] // 3 - debut >= self.duree.min_jours
        return assez and self._dernier(derniere, departs[derniere]) - debut < self.duree.max_jours

    def _par_premiere(self, permis, distinction):
        """The length binds: each first date by itself, the most promising first."""
        premiere, derniere = self.cles[0], self.cles[-1]
        departs = self.domaines.departs(premiere)
        bornes = np.where(permis[premiere], self._bornes(permis), INFINI)
        debuts = self.domaines.departs(derniere) // 3
        fins = self._dernier(derniere, self.domaines.departs(derniere))
        meilleur = None
        for essai, rang in enumerate(np.argsort(bornes, kind="stable")):
            if bornes[rang] >= (meilleur[0] if meilleur else INFINI):
                return meilleur and (*meilleur, True)
            if essai == ESSAIS:
                return (*meilleur, False) if meilleur else (INFINI, {}, False)
            seule = np.zeros(len(departs), bool)
            seule[rang] = True
            a_temps = fins - departs[rang] // 3 < self.duree.max_jours
            a_temps &= debuts - departs[rang] // 3 >= self.duree.min_jours
            ici = permis | {premiere: seule}
            ici[derniere] = ici[derniere] & a_temps
            trouve = self._parcourir(ici, distinction)
            if trouve and (meilleur is None or trouve[0] < meilleur[0]):
                meilleur = trouve
        return meilleur and (*meilleur, True)

    def _bornes(self, permis):
        """Least cost of the whole chain from each first start, whatever its length."""
        suite = self._cout(self.cles[-1], permis)
        for avant, apres in reversed(list(zip(self.cles, self.cles[1:], strict=False))):
            m = self.transition(avant, apres)
            suite = self._cout(avant, permis) + np.minimum(INFINI, (m + suite[None, :]).min(axis=1))
        return suite

    def _cout(self, cle, permis):
        return np.where(permis[cle], self.points[cle] + self.plus.get(cle, 0), INFINI)

    def _parcourir(self, permis, distinction):
        couches = _Couches(distinction)
        cles, d = self.cles, self.domaines
        rangs = {c: np.flatnonzero(permis[c]) for c in cles}
        if not all(len(r) for r in rangs.values()):
            return None
        departs = {c: d.departs(c)[rangs[c]] for c in cles}
        points = {c: (self.points[c] + self.plus.get(c, 0))[rangs[c]] for c in cles}
        cout = np.full((couches.nombre, len(departs[cles[0]])), INFINI)
        cout[0] = points[cles[0]]
        cout, sources = couches.avancer(cles[0], departs[cles[0]], cout, cles[0] in self.libres)
        traces = [(sources, None)]
        for avant, apres in zip(cles, cles[1:], strict=False):
            m = self.transition(avant, apres, rangs[avant], rangs[apres])
            ici = np.full((couches.nombre, len(departs[apres])), INFINI)
            venus = np.zeros(ici.shape, np.int64)
            for couche in range(couches.nombre):
                lignes = np.flatnonzero(cout[couche] < INFINI)
                if len(lignes):
                    tous = cout[couche][lignes][:, None] + m[lignes]
                    meilleurs = tous.argmin(axis=0)
                    venus[couche] = lignes[meilleurs]
                    ici[couche] = np.minimum(tous[meilleurs, np.arange(len(meilleurs))], INFINI)
            ici = np.minimum(ici + points[apres][None, :], INFINI)
            cout, sources = couches.avancer(apres, departs[apres], ici, apres in self.libres)
            traces.append((sources, venus))
        return self._remonter(couches, departs, cout, traces)

    def _remonter(self, couches, departs, cout, traces):
        colonne = int(cout[couches.derniere].argmin())
        total = int(cout[couches.derniere][colonne])
        if total >= INFINI:
            return None
        couche, resultat = couches.derniere, {}
        for cle, (sources, venus) in reversed(list(zip(self.cles, traces, strict=True))):
            resultat[cle] = int(departs[cle][colonne])
            couche = int(sources[couche, colonne])
            if venus is not None:
                colonne = int(venus[couche, colonne])
        return total, resultat


class _Couches:
    """How many séances moved so far from each earlier calendar, up to what is needed."""

    def __init__(self, distinction: Distinction):
        self.distinction = distinction
        nombre = len(distinction.precedents)
        self.etats = list(product(range(distinction.besoin + 1), repeat=nombre))
        self.rang = {etat: rang for rang, etat in enumerate(self.etats)}
        self.nombre, self.derniere = len(self.etats), len(self.etats) - 1

    def avancer(self, cle, departs, cout, libre):
        """(costs by layer once this séance is counted, layer from which each comes)."""
        sources = np.repeat(np.arange(self.nombre)[:, None], len(departs), axis=1)
        if not self.distinction.precedents or not libre:
            return cout, sources
        d = self.distinction
        bouges = [d.bouges(cle, departs, p).astype(int) for p in d.precedents]
        apres = np.full(cout.shape, INFINI)
        for drapeaux in product((0, 1), repeat=len(bouges)):
            ou = np.logical_and.reduce([b == f for b, f in zip(bouges, drapeaux, strict=True)])
            for etat, rang in self.rang.items():
                vers = self.rang[
                    tuple(min(n + f, d.besoin) for n, f in zip(etat, drapeaux, strict=True))
                ]
                mieux = ou & (cout[rang] < apres[vers])
                apres[vers][mieux] = cout[rang][mieux]
                sources[vers][mieux] = rang
        return apres, sources
