"""How long the engine may think, and who may stop it meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ateliers.calendrier.solveur.probleme import Interrompu

ECOUTE = 0.25


@dataclass(frozen=True)
class Limite:
    """Seconds of the clock; or `travail`, counted by the engine: the same on every machine."""

    secondes: float = 5.0
    travail: float | None = None
    arreter: Callable[[], bool] | None = None

    def regler(self, parametres) -> None:
        if self.travail is None:
            parametres.max_time_in_seconds = max(self.secondes, 0.05)
        else:
            parametres.max_deterministic_time = self.travail

    def surveiller(self, moteur, modele):
        """Solve; « stop » is heard within a quarter of a second, in the thread of the caller."""
        if self.arreter is None:
            return moteur.solve(modele)
        if self.arreter():
            raise Interrompu
        resultat = []
        fil = threading.Thread(target=lambda: resultat.append(moteur.solve(modele)), daemon=True)
        fil.start()
        arrete = False
        while fil.is_alive():
            fil.join(ECOUTE)
            if not arrete and fil.is_alive() and self.arreter():
                arrete = True
                moteur.stop_search()
        if arrete:
            raise Interrompu
        return resultat[0]


class Budget:
    """What is left of the time given to a whole search."""

    def __init__(self, secondes: float, travail: float | None, arreter: Callable[[], bool]):
        self.fin = time.monotonic() + secondes
        self.travail, self.arreter = travail, arreter

    @property
    def reste(self) -> float:
        return self.fin - time.monotonic()

    @property
    def epuise(self) -> bool:
        return self.travail is None and self.reste <= 0

    def limite(self, part: float = 1.0, plafond: float = 3600.0) -> Limite:
        travail = None if self.travail is None else self.travail * part
        return Limite(min(max(self.reste, 0.05) * part, plafond), travail, self.arreter)

    def ecouter(self) -> None:
        if self.arreter():
            raise Interrompu
