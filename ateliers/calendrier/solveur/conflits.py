"""The smallest set of rules that cannot hold together: QuickXplain, then one by one."""

from __future__ import annotations

from collections.abc import Callable

from ateliers.calendrier.solveur.contraintes import Contrainte
from ateliers.calendrier.solveur.modele import Modele

SECONDES = 5.0


def possible(probleme, grille, contraintes) -> bool:
    """True unless the engine proves the contrary: a doubt never names a rule as guilty."""
    etat, _ = Modele(probleme, grille, contraintes).resoudre(SECONDES)
    return etat != "impossible"


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
