"""Two changes that are enough together, when no change is enough alone."""

import time
from dataclasses import dataclass, replace
from itertools import chain

from ateliers.calendrier.solveur import phrases
from ateliers.calendrier.solveur.conflits import Heurt

# After so long, nothing is said of two changes; the task itself has five minutes.
SECONDES = 60


@dataclass(frozen=True)
class Paire:
    """`autre`: the rule that the second change eases; `suite`: all that it collides with."""

    autre: Heurt
    suite: tuple
    leviers: tuple
    changement: dict
    fin: str

    @property
    def ligne(self) -> dict:
        deux = [levier.phrase for levier in self.leviers]
        return {
            "texte": "Deux changements ensemble",
            "conseil": " ".join(deux),
            "ensemble": deux,
            "changement": self.changement,
            "suffit": True,
            "fin": self.fin,
        }


def ensemble(essai, heurts, secondes: float = SECONDES) -> Paire | None:
    """Once a rule is eased, what still collides, and what eases it in turn.

    The first change is the heaviest of its rule, so that it hides no second one; it is made
    lighter afterwards.
    """
    limite = time.monotonic() + secondes
    for heurt in heurts:
        forts = [levier for levier in essai.leviers(heurt) if levier.changement]
        if forts and time.monotonic() < limite:
            suite = essai.avec(forts[-1].changement)
            collision = tuple(suite.collision())
            restantes = (h for h in collision if h.critere != heurt.critere)
            seconds = chain.from_iterable(((h, lv) for lv in suite.leviers(h)) for h in restantes)
            for autre, levier in seconds:
                if levier.changement and (calendrier := suite.applique(levier.changement)):
                    deux = (forts[-1], levier)
                    lourde = Paire(autre, collision, deux, _unis(*deux), phrases.fin(calendrier))
                    return _allegee(essai, heurt, lourde) or lourde
    return None


def _allegee(essai, heurt, lourde) -> Paire | None:
    """The second change as the criteria stand, then the lightest first one that is enough."""
    voulue = lourde.leviers[1].phrase
    second = next((lv for lv in essai.leviers(lourde.autre) if lv.phrase == voulue), None)
    if second is None or not second.changement:
        return None
    suite = essai.avec(second.changement)
    for premier in suite.leviers(heurt):
        if premier.changement and (calendrier := suite.applique(premier.changement)):
            deux = (premier, second)
            return replace(
                lourde,
                leviers=deux,
                changement=_unis(second, premier),
                fin=phrases.fin(calendrier),
            )
    return None


def _unis(premier, second) -> dict:
    """`second` was found once `premier` was made: where both touch a criterion, it says both."""
    return premier.changement | second.changement
