"""Several ateliers that share a team, a person or a room: each in turn, the others kept.

Each atelier alone is solved exactly (`chaines`). The sum of those costs is a bound below which no
calendar goes: when it is reached, the calendar is the best there is.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from math import ceil

import numpy as np

from ateliers.calendrier.solveur.chaines import INFINI, Chaine, Distinction, chaines
from ateliers.calendrier.solveur.domaines import Domaines
from ateliers.calendrier.solveur.doubles import doubles
from ateliers.calendrier.solveur.probleme import Interrompu

TOURS = 8
DEPARTS = 6


class Descente:
    def __init__(self, domaines: Domaines, arreter: Callable[[], bool] = lambda: False):
        self.domaines, self.arreter = domaines, arreter
        groupes = chaines(domaines.probleme) if domaines.possible else None
        self.chaines = [Chaine(domaines, g) for g in groupes or ()]
        ou = {cle: rang for rang, g in enumerate(groupes or ()) for cle in g}
        self.partages = {
            c.seances: c.parametre
            for c in domaines.contraintes
            if c.genre == "partage" and ou and ou[c.seances[0]] != ou[c.seances[1]]
        }
        exclus = {frozenset(c.seances) for c in domaines.contraintes if c.genre == "partage"}
        self.doubles = [
            d for d in doubles(domaines.probleme) if frozenset((d.un, d.autre)) not in exclus
        ]
        if any(ou and ou[d.un] == ou[d.autre] for d in self.doubles):
            self.chaines = []  # a cost between séances that are not neighbours: for the engine

    @property
    def utile(self) -> bool:
        return bool(self.chaines)

    def chercher(self, part: float, precedents: tuple, ecart: int, publier=lambda _: None):
        """(« optimale », « faisable » or « inconnu », starts, bound).

        « impossible » when one atelier has no calendar even alone.
        """
        seules = []
        for chaine in self.chaines:
            besoin = self._besoin(chaine, part, precedents)
            distinction = Distinction(precedents if besoin else (), besoin, ecart)
            self._ecouter()
            seules.append(chaine.meilleure(self._permis(chaine, {}), distinction))
        if None in seules:
            return ("inconnu" if precedents else "impossible"), None, None
        if not all(s[1] for s in seules):
            return "inconnu", None, None
        prouvees = all(s[2] for s in seules) and (not precedents or len(seules) == 1)
        borne = sum(s[0] for s in seules) if prouvees else None
        if not self.partages and not self.doubles:
            departs = {cle: pas for s in seules for cle, pas in s[1].items()}
            return ("optimale" if prouvees else "faisable"), departs, borne
        etat, departs = self._ensemble(part, precedents, ecart, borne, publier)
        return etat, departs, borne

    def _ensemble(self, part, precedents, ecart, borne, publier):
        """Place them one by one in several orders; each start is improved, the best is kept."""
        hasard = random.Random(1)
        ordre = sorted(range(len(self.chaines)), key=self._largeur)
        meilleur, moindre = None, None
        for _ in range(DEPARTS):
            departs = self._placer(ordre, part, precedents, ecart)
            if departs is not None:
                cout, departs = self._ameliorer(departs, part, precedents, ecart)
                if moindre is None or cout < moindre:
                    moindre, meilleur = cout, departs
                    publier(departs)
                if borne is not None and moindre <= borne:
                    return "optimale", meilleur
            hasard.shuffle(ordre)
        return ("faisable" if meilleur else "inconnu"), meilleur

    def _largeur(self, rang):
        return min(len(self.domaines.departs(c)) for c in self.chaines[rang].cles)

    def _besoin(self, chaine, part, precedents):
        if not precedents or not chaine.libres:
            return 0
        if len(self.chaines) == 1:
            return max(1, round(len(chaine.libres) * part))
        return max(1, ceil(len(chaine.libres) * part))

    def _une(self, chaine, departs, part, precedents, ecart):
        self._ecouter()
        besoin = self._besoin(chaine, part, precedents)
        distinction = Distinction(precedents if besoin else (), besoin, ecart)
        plus = self._plus(chaine, departs)
        trouve = chaine.meilleure(self._permis(chaine, departs), distinction, plus)
        return trouve if trouve and trouve[1] else None

    def _placer(self, ordre, *demande):
        departs = {}
        for rang in ordre:
            trouve = self._une(self.chaines[rang], departs, *demande)
            if trouve is None:
                return None
            departs |= trouve[1]
        return departs

    def _ameliorer(self, departs, *demande):
        couts = {}
        for _ in range(TOURS):
            avant = dict(departs)
            for rang, chaine in enumerate(self.chaines):
                autres = {c: p for c, p in departs.items() if c not in chaine.cles}
                trouve = self._une(chaine, autres, *demande)
                if trouve is None:
                    return INFINI, departs
                departs = autres | trouve[1]
                couts[rang] = trouve[0] - self._genes(autres, trouve[1])
            if departs == avant:
                break
        return sum(couts.values()) + self._genes(departs), departs

    def _genes(self, departs, ajoutes=None) -> int:
        """What those awaited twice cost; with `ajoutes`, between the two sets only."""
        tous = departs | (ajoutes or {})
        total = 0
        for d in self.doubles:
            ici = (d.un in tous and d.autre in tous) and (
                ajoutes is None or (d.un in ajoutes) != (d.autre in ajoutes)
            )
            if (
                ici
                and self._proches(d.un, d.autre, tous[d.autre], d.francs)[
                    np.searchsorted(self.domaines.departs(d.un), tous[d.un])
                ]
            ):
                total += d.points
        return total

    def _plus(self, chaine, departs):
        """What each start costs besides: the people who are in another atelier at that time."""
        plus = {}
        for d in self.doubles:
            for ici, fixe in ((d.un, d.autre), (d.autre, d.un)):
                if ici in chaine.cles and fixe in departs:
                    gene = d.points * self._proches(ici, fixe, departs[fixe], d.francs)
                    plus[ici] = plus.get(ici, 0) + gene
        return plus

    def _proches(self, ici, fixe, depart, francs):
        return ~self._loin(ici, fixe, depart, francs)

    def _permis(self, chaine, departs):
        """Starts that do not hinder the séances of the other ateliers, where they are."""
        d = self.domaines
        permis = {c: np.ones(len(d.departs(c)), bool) for c in chaine.cles}
        for (un, autre), francs in self.partages.items():
            for ici, fixe in ((un, autre), (autre, un)):
                if ici in permis and fixe in departs:
                    permis[ici] &= self._loin(ici, fixe, departs[fixe], francs)
        return permis

    def _loin(self, ici, fixe, depart, francs):
        d = self.domaines
        departs = d.departs(ici)
        if not francs:
            rang = np.searchsorted(d.departs(fixe), depart)
            (debuts, fins), (debut, fin) = d.bornes(ici), (b[rang] for b in d.bornes(fixe))
            return (fins <= debut) | (fin <= debuts)
        avant = depart // 3 - (departs // 3 + d.en_plus[ici]) > francs
        return avant | (departs // 3 - (depart // 3 + d.en_plus[fixe]) > francs)

    def _ecouter(self):
        if self.arreter():
            raise Interrompu
