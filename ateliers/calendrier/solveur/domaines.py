"""What is left of each séance once the rules on one date are read: its starts, and their cost."""

from __future__ import annotations

import numpy as np

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.contraintes import Contrainte
from ateliers.calendrier.solveur.creneaux import Grille, etendue, jours_en_plus
from ateliers.calendrier.solveur.probleme import HEURES, Probleme, Site


def tableau(masque: int) -> np.ndarray:
    """The bits of a mask, in order."""
    octets = masque.to_bytes(masque.bit_length() // 8 + 1, "little")
    return np.flatnonzero(np.unpackbits(np.frombuffer(octets, np.uint8), bitorder="little"))


def instants(grille: Grille, site: Site) -> tuple[np.ndarray, np.ndarray]:
    """(starts, ends) of every slot on the clock of this site, in seconds of the world's clock."""

    def calculer():
        suite = max(jours_en_plus(s) for s in grille.probleme.seances)
        pas = range(len(HEURES) * (grille.jours + suite))
        bornes = [grille.bornes(n, site) for n in pas]
        moments = [(debut.timestamp(), fin.timestamp()) for debut, fin in bornes]
        return tuple(np.array(moments, np.int64).T)

    return grille.retenir(("instants", site.fuseau), calculer)


class Domaines:
    """`possible` is False as soon as a séance has no start left, without asking the engine."""

    def __init__(self, probleme: Probleme, grille: Grille, contraintes: list[Contrainte]):
        self.probleme, self.grille, self.contraintes = probleme, grille, contraintes
        self.fixees = {c.seances[0] for c in contraintes if c.genre == "epingle"}
        interdits = dict.fromkeys((s.cle for s in probleme.seances), 0)
        for contrainte in contraintes:
            if contrainte.interdit:
                interdits[contrainte.seances[0]] |= contrainte.interdit
        self.masques, self.longueur, self.en_plus = {}, {}, {}
        for seance in probleme.seances:
            cle = seance.cle
            if cle in self.fixees:
                depart, self.longueur[cle] = grille.epingle(seance)
                self.masques[cle] = 1 << depart
                self.en_plus[cle] = (depart + self.longueur[cle] - 1) // 3 - depart // 3
            else:
                self.masques[cle] = grille.tous(seance) & ~interdits[cle]
                self.longueur[cle] = etendue(seance)
                self.en_plus[cle] = jours_en_plus(seance)
        self.possible = all(self.masques.values())
        self._departs, self._couts, self._bornes = {}, {}, {}

    def departs(self, cle: str) -> np.ndarray:
        if cle not in self._departs:
            self._departs[cle] = tableau(self.masques[cle])
        return self._departs[cle]

    def bornes(self, cle: str) -> tuple[np.ndarray, np.ndarray]:
        """Instants at which each start begins, and ends: what tells an order between two zones."""
        if cle not in self._bornes:
            seance = self.probleme.seance(cle)
            if cle in self.fixees:
                dates = (seance.epingle.debut, seance.epingle.fin)
                self._bornes[cle] = tuple(np.array([d.timestamp()], np.int64) for d in dates)
            else:
                debuts, fins = instants(self.grille, seance.site)
                departs = self.departs(cle)
                self._bornes[cle] = debuts[departs], fins[departs + self.longueur[cle] - 1]
        return self._bornes[cle]

    def seuils(self, avant: str, apres: str) -> np.ndarray:
        """For each start of one, the first slot of the other, not pinned, that follows its end."""
        debuts, _ = instants(self.grille, self.probleme.seance(apres).site)
        return np.searchsorted(debuts, self.bornes(avant)[1])

    def points(self, cle: str) -> np.ndarray:
        """What each start costs by itself: absences, school holidays, a mild reserve."""
        if cle not in self._couts:
            departs = self.departs(cle)
            total = np.zeros(len(departs), np.int64)
            seance = self.probleme.seance(cle)
            if not seance.epingle:
                regrets = self.grille.retenir(
                    ("regrets", cle), lambda: couts.par_depart(self.probleme, self.grille, seance)
                )
                for masque, points in regrets:
                    total += points * np.isin(departs, tableau(masque), assume_unique=True)
            self._couts[cle] = total
        return self._couts[cle]
