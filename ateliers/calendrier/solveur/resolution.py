"""Ask: three calendars, each checked again; or the rules that collide, and which one to ease."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ateliers.calendrier.solveur import conflits
from ateliers.calendrier.solveur.contraintes import Contrainte, toutes
from ateliers.calendrier.solveur.creneaux import Grille
from ateliers.calendrier.solveur.modele import ECART_DISTINCT, Modele, proposition
from ateliers.calendrier.solveur.probleme import (
    Interrompu,
    Probleme,
    Proposition,
    SansReponse,
)
from ateliers.calendrier.solveur.validateur import fautes

NOMBRE = 3
# Seconds of a round: a stop is heard between two rounds.
TRANCHE = 3.0
PARTIEL = 1.0


@dataclass(frozen=True)
class Assouplissement:
    """Easing this rule alone is enough (`suffit`), and gives this calendar."""

    contrainte: Contrainte
    suffit: bool
    calendrier: Proposition | None = None


@dataclass(frozen=True)
class Resultat:
    propositions: tuple[Proposition, ...] = ()
    collision: tuple[Assouplissement, ...] = ()
    secondes: float = 0.0

    @property
    def possible(self) -> bool:
        return bool(self.propositions)


class CalendrierFaux(AssertionError):
    """The validator refused what the model proposed: a defect of ours, never shown as a date."""


def proposer(
    probleme: Probleme,
    *,
    secondes: float = 20.0,
    nombre: int = NOMBRE,
    avancer: Callable[[int], None] = lambda _: None,
    arreter: Callable[[], bool] = lambda: False,
) -> Resultat:
    debut = time.monotonic()
    grille = Grille(probleme)
    contraintes = toutes(probleme, grille)
    avancer(10)

    def neuf(regretter):
        return _modele(probleme, grille, contraintes, regretter)

    trouvees, departs = [], []
    for rang in range(nombre):
        reste = secondes - (time.monotonic() - debut)
        part = reste / (nombre - rang)
        etat, depart = _chercher(neuf, departs, part, arreter)
        if etat == "inconnu" and not trouvees:
            raise SansReponse
        if depart is None:
            break
        departs.append(depart)
        trouvees.append(_verifiee(probleme, grille, depart, etat == "optimale"))
        avancer(10 + 90 * (rang + 1) // nombre)
        if len(depart) == sum(1 for s in probleme.seances if s.epingle):
            break
    duree = time.monotonic() - debut
    if trouvees:
        trouvees.sort(key=lambda p: p.cout)
        return Resultat(tuple(trouvees), (), duree)
    collision = _collision(probleme, grille, contraintes, avancer, arreter)
    return Resultat((), tuple(collision), time.monotonic() - debut)


def _modele(probleme, grille, contraintes, regretter=True) -> Modele:
    modele = Modele(probleme, grille, contraintes)
    if modele.possible and regretter:
        modele.regretter()
    return modele


def _chercher(neuf, departs, secondes, arreter):
    """The best calendar that differs from those already found; less and less demanding."""
    exigences = ((0.5, ECART_DISTINCT), (0.0, 2), (0.0, 0)) if departs else ((0.0, 0),)
    for part, ecart in exigences:

        def modele(regretter=True, part=part, ecart=ecart):
            nouveau = neuf(regretter)
            if nouveau.possible:
                for depart in departs:
                    nouveau.ecarter(depart, part, ecart)
            return nouveau

        etat, trouve = _ameliorer(modele, secondes, arreter)
        if trouve is not None:
            return etat, trouve
    return etat, None


def _ameliorer(modele, secondes, arreter):
    """Any valid calendar first, then atelier by atelier, then all at once until the time is up."""
    fin = time.monotonic() + secondes
    premier = modele(regretter=False)
    etat, meilleur = premier.resoudre(secondes)
    if meilleur is None:
        return etat, None
    ateliers = {s.atelier for s in premier.probleme.seances}
    for atelier in sorted(ateliers) if len(ateliers) > 1 else ():
        if arreter():
            raise Interrompu
        if time.monotonic() > fin:
            return "faisable", meilleur
        partiel = modele()
        partiel.figer(meilleur, sauf=atelier)
        meilleur = partiel.resoudre(PARTIEL, meilleur)[1] or meilleur
    complet = modele()
    while time.monotonic() < fin:
        if arreter():
            raise Interrompu
        etat, trouve = complet.resoudre(min(TRANCHE, fin - time.monotonic()), meilleur)
        meilleur = trouve or meilleur
        if etat == "optimale":
            return etat, meilleur
    return "faisable", meilleur


def _verifiee(probleme, grille, depart, optimale) -> Proposition:
    calendrier = proposition(probleme, grille, depart, optimale)
    if erreurs := fautes(probleme, calendrier.dates):
        raise CalendrierFaux(" ".join(erreurs))
    return calendrier


def _suspectes(probleme, grille, contraintes, tenable):
    """Rules of one séance, else of one atelier, when they are enough to forbid everything."""
    seances = [{s.cle} for s in probleme.seances]
    ateliers = {s.atelier: set() for s in probleme.seances}
    for seance in probleme.seances:
        ateliers[seance.atelier].add(seance.cle)
    for groupe in (*seances, *ateliers.values()):
        siennes = [c for c in contraintes if set(c.seances) <= groupe]
        if not tenable(siennes):
            return siennes
    return contraintes


def _ensemble(une, autre) -> bool:
    """Criteria that the pilot sets once for all séances are eased for all of them."""
    return une.genre == autre.genre and une.genre in ("fenetre", "vacances", "weekend")


def _collision(probleme, grille, contraintes, avancer, arreter):
    def tenable(liste):
        if arreter():
            raise Interrompu
        return conflits.possible(probleme, grille, liste)

    coupables = conflits.minimal(_suspectes(probleme, grille, contraintes, tenable), tenable)
    avancer(70)
    resultat = []
    for rang, coupable in enumerate(sorted(coupables, key=lambda c: c.souplesse)):
        if arreter():
            raise Interrompu
        reste = [c for c in contraintes if c is not coupable and not _ensemble(c, coupable)]
        _, depart = _modele(probleme, grille, reste).resoudre(2.0)
        calendrier = proposition(probleme, grille, depart, False) if depart else None
        resultat.append(Assouplissement(coupable, depart is not None, calendrier))
        avancer(70 + 30 * (rang + 1) // len(coupables))
    return resultat
