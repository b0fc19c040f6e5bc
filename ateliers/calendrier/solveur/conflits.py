"""The smallest set of rules that cannot hold together: QuickXplain, then one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ateliers.calendrier.solveur.contraintes import Contrainte
from ateliers.calendrier.solveur.domaines import Domaines
from ateliers.calendrier.solveur.limite import Limite
from ateliers.calendrier.solveur.modele import Modele

SECONDES = 5.0


@dataclass(frozen=True)
class Heurt:
    """One rule of the collision, as the pilot knows it; `contraintes`: those that collide."""

    critere: tuple
    contraintes: tuple[Contrainte, ...]

    @property
    def genre(self) -> str:
        return self.contraintes[0].genre

    @property
    def sujet(self) -> str:
        return self.contraintes[0].sujet

    @property
    def seances(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c for r in self.contraintes for c in r.seances))

    @property
    def souplesse(self) -> int:
        return min(c.souplesse for c in self.contraintes)


def possible(probleme, grille, contraintes) -> bool:
    """True unless the engine proves the contrary: a doubt never names a rule as guilty."""
    modele = Modele(Domaines(probleme, grille, contraintes))
    etat, _ = modele.resoudre(Limite(SECONDES))
    return etat != "impossible"


def heurts(contraintes: list[Contrainte], suspectes: list[Contrainte], tenable: Callable):
    """The rules that cannot hold together; without any one of them, whole, the others can.

    First the smallest set of constraints among the suspects, then of rules: one rule of the page
    is often many constraints (« jamais le samedi » is one for each séance).
    """
    fines = minimal(suspectes, tenable)
    groupes = {}
    for critere in dict.fromkeys(c.critere for c in fines):
        groupes[critere] = [c for c in contraintes if c.critere == critere]
    gardes = len(groupes)
    for critere in list(groupes):
        reste = [c for autre, groupe in groupes.items() if autre != critere for c in groupe]
        if not tenable(reste):
            del groupes[critere]
    if len(groupes) < gardes:
        fines = minimal([c for groupe in groupes.values() for c in groupe], tenable)
    trouves = [Heurt(g, tuple(c for c in fines if c.critere == g)) for g in groupes]
    return sorted(trouves, key=lambda h: h.souplesse)


def minimal(contraintes: list[Contrainte], tenable: Callable) -> list[Contrainte]:
    """A minimal set that is not `tenable`; the rules that are hardest to ease are kept last.

    `tenable(liste)` says whether these rules can hold together. Nothing when all of them do.
    """
    ordonnees = sorted(contraintes, key=lambda c: -c.souplesse)
    if tenable(ordonnees):
        return []
    trouvees = _decouper([], False, ordonnees, tenable)
    for contrainte in list(trouvees):
        reste = [c for c in trouvees if c is not contrainte]
        if not tenable(reste):
            trouvees = reste
    return trouvees


def _decouper(fond, ajoute, restantes, tenable):
    """QuickXplain: `fond` is kept; what of `restantes` must be added for a conflict?"""
    if ajoute and not tenable(fond):
        return []
    if len(restantes) == 1:
        return list(restantes)
    milieu = len(restantes) // 2
    gauche, droite = restantes[:milieu], restantes[milieu:]
    a_droite = _decouper(fond + gauche, bool(gauche), droite, tenable)
    a_gauche = _decouper(fond + a_droite, bool(a_droite), gauche, tenable)
    return a_gauche + a_droite
