"""Ask: three calendars, each checked again; or the rules that collide."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ateliers.calendrier.solveur import comparaison, conflits
from ateliers.calendrier.solveur.contraintes import toutes
from ateliers.calendrier.solveur.creneaux import Grille
from ateliers.calendrier.solveur.descente import Descente
from ateliers.calendrier.solveur.domaines import Domaines
from ateliers.calendrier.solveur.limite import Budget, Limite
from ateliers.calendrier.solveur.modele import Modele, proposition
from ateliers.calendrier.solveur.probleme import Probleme, Proposition, SansReponse
from ateliers.calendrier.solveur.validateur import fautes

NOMBRE = 3
# Two calendars are told apart when half of the séances move by a week or so; else by less.
EXIGENCES = ((0.5, 5), (0.0, 2), (0.0, 0))
LECTURE = "Lecture des règles et des disponibilités"
HEURT = "Recherche des règles qui se heurtent"
ETAPES = ("Premier calendrier", "Deuxième calendrier, différent", "Troisième calendrier, différent")


@dataclass(frozen=True)
class Resultat:
    propositions: tuple[Proposition, ...] = ()
    collision: tuple[conflits.Heurt, ...] = ()
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
    travail: float | None = None,
    nombre: int = NOMBRE,
    avancer: Callable[[int, str], None] = lambda *_: None,
    publier: Callable[[tuple[Proposition, ...]], None] = lambda _: None,
    arreter: Callable[[], bool] = lambda: False,
) -> Resultat:
    """`travail`: a limit that does not depend on the machine, instead of `secondes`.

    `publier` is given the calendars found so far, each time there is a better or another one.
    """
    debut = time.monotonic()
    avancer(2, LECTURE)
    recherche = _Recherche(probleme, Budget(secondes, travail, arreter))
    trouvees = []
    for rang in range(nombre):
        recherche.budget.ecouter()
        avancer(10 + 90 * rang // nombre, ETAPES[rang])

        def montrer(departs, deja=tuple(trouvees)):
            publier(_classees(probleme, (*deja, recherche.verifiee(departs, False))))

        recherche.montrer = montrer
        etat, departs = recherche.suivante(1 / (nombre - rang))
        if etat == "inconnu" and not trouvees:
            raise SansReponse
        if departs is None:
            break
        trouvees.append(recherche.verifiee(departs, etat == "optimale"))
        publier(_classees(probleme, trouvees))
        if all(s.epingle for s in probleme.seances):
            break
    if trouvees:
        return Resultat(_classees(probleme, trouvees), (), time.monotonic() - debut)
    avancer(60, HEURT)
    return Resultat((), tuple(recherche.collision()), time.monotonic() - debut)


def premiere(probleme: Probleme, secondes: float = 3.0, arreter=lambda: False):
    """One calendar that holds, checked, or None."""
    recherche = _Recherche(probleme, Budget(secondes, None, arreter))
    _, departs = recherche.suivante(1.0)
    return None if departs is None else recherche.verifiee(departs, False)


def heurts_de(probleme: Probleme, arreter=lambda: False) -> list[conflits.Heurt]:
    """The rules that collide; nothing when a calendar exists."""
    return _Recherche(probleme, Budget(0.0, None, arreter)).collision()


def heurts_sans(probleme: Probleme, ecartees, arreter=lambda: False) -> list[conflits.Heurt]:
    """The rules that still collide once these constraints are dropped."""
    recherche = _Recherche(probleme, Budget(0.0, None, arreter))
    recherche.contraintes = [c for c in recherche.contraintes if c not in ecartees]
    return recherche.collision()


def sans(probleme: Probleme, ecartees, secondes: float = 3.0) -> Proposition | None:
    """A calendar once these constraints are dropped: not checked, it breaks them on purpose."""
    grille = Grille(probleme)
    reste = [c for c in toutes(probleme, grille) if c not in ecartees]
    modele = Modele(Domaines(probleme, grille, reste))
    if modele.possible:
        modele.regretter()
    _, departs = modele.resoudre(Limite(secondes))
    return None if departs is None else proposition(probleme, grille, departs, False)


def _classees(probleme, trouvees) -> tuple[Proposition, ...]:
    """On a tie, the one that keeps out of the school holidays, of the summer above all."""
    return tuple(
        sorted(trouvees, key=lambda p: (p.cout, *comparaison.en_vacances(probleme, p.dates)))
    )


class _Recherche:
    def __init__(self, probleme, budget):
        self.probleme, self.budget = probleme, budget
        self.grille = Grille(probleme)
        self.contraintes = toutes(probleme, self.grille)
        self.domaines = Domaines(probleme, self.grille, self.contraintes)
        self.descente = Descente(self.domaines, budget.arreter)
        self.departs = []
        self.montrer = lambda _: None

    def verifiee(self, departs, optimale) -> Proposition:
        calendrier = proposition(self.probleme, self.grille, departs, optimale)
        if erreurs := fautes(self.probleme, calendrier.dates):
            raise CalendrierFaux(" ".join(erreurs))
        return calendrier

    def _tient(self, departs) -> bool:
        calendrier = proposition(self.probleme, self.grille, departs, False)
        return not fautes(self.probleme, calendrier.dates)

    def suivante(self, part: float):
        """The best calendar that differs from those already found; less and less demanding."""
        for exigence in EXIGENCES if self.departs else EXIGENCES[-1:]:
            etat, departs = self._chercher(*exigence, part)
            if departs is not None:
                self.departs.append(departs)
                return etat, departs
            self.budget.ecouter()
        return etat, None

    def _chercher(self, demi, ecart, part):
        etat, departs, borne = "inconnu", None, None
        if self.descente.utile:
            precedents = tuple(self.departs)
            etat, departs, borne = self.descente.chercher(demi, precedents, ecart, self._annoncer)
            if departs is not None and not self._tient(departs):
                etat, departs = "inconnu", None
        if etat in ("optimale", "impossible"):
            return etat, departs
        return self._moteur(demi, ecart, part, departs, borne)

    def _annoncer(self, departs):
        if self._tient(departs):
            self.montrer(departs)

    def _modele(self, demi, ecart):
        modele = Modele(self.domaines)
        if modele.possible:
            for precedent in self.departs:
                modele.ecarter(precedent, demi, ecart)
        return modele

    def _moteur(self, demi, ecart, part, departs, borne):
        """CP-SAT: any calendar if none is known, then a better one until the proof or the end."""
        if departs is None:
            etat, departs = self._modele(demi, ecart).resoudre(self.budget.limite(part))
            if departs is None:
                return etat, None
            self._annoncer(departs)
        if self.budget.epuise:
            return "faisable", departs
        modele = self._modele(demi, ecart)
        modele.regretter()
        if borne is not None:
            modele.borner(borne)
        etat, mieux = modele.resoudre(self.budget.limite(part), departs)
        if mieux is None:
            return "faisable", departs
        return etat, mieux

    def collision(self):
        def tenable(liste):
            self.budget.ecouter()
            return conflits.possible(self.probleme, self.grille, liste)

        return conflits.heurts(self.contraintes, self._suspectes(tenable), tenable)

    def _suspectes(self, tenable):
        """Rules of one séance, else of one atelier, when they are enough to forbid everything."""
        seances = [{s.cle} for s in self.probleme.seances]
        ateliers = {s.atelier: set() for s in self.probleme.seances}
        for seance in self.probleme.seances:
            ateliers[seance.atelier].add(seance.cle)
        for groupe in (*seances, *ateliers.values()):
            siennes = [c for c in self.contraintes if set(c.seances) <= groupe]
            if not tenable(siennes):
                return siennes
        return self.contraintes
