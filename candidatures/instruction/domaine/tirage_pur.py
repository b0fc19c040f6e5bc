"""The balanced draw of reviewers. Pure: same input and same seed, same answer.

Every slot that can be filled is (augmenting paths), then loads are levelled by moving a dossier
along a chain of persons until no chain lowers the heaviest load (optimal semi-matching). Regions
and themes only choose among equals.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Dossier:
    cle: int
    themes: frozenset[int] = frozenset()
    interdits: frozenset[int] = frozenset()  # recused persons


@dataclass(frozen=True)
class Lecteur:
    cle: int
    charge_max: int | None = None
    region: str = ""
    themes: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposition:
    """Who reads what; `fixes` were there before and stay."""

    lecteurs_de: dict[int, tuple[int, ...]] = field(default_factory=dict)
    charges: dict[int, int] = field(default_factory=dict)
    manques: dict[int, int] = field(default_factory=dict)


class _Tirage:
    def __init__(self, dossiers, lecteurs, n, fixes, graine):
        self.dossiers = {d.cle: d for d in dossiers}
        self.lecteurs = {p.cle: p for p in lecteurs}
        self.n = n
        hasard = random.Random(graine)
        self.ordre_dossiers = sorted(self.dossiers)
        self.ordre = sorted(self.lecteurs)
        hasard.shuffle(self.ordre_dossiers)
        hasard.shuffle(self.ordre)
        self.fixes = {cle: set(fixes.get(cle, ())) for cle in self.dossiers}
        self.pris = {cle: set(self.fixes[cle]) for cle in self.dossiers}
        self.charges = dict.fromkeys(self.ordre, 0)
        for personnes in self.pris.values():
            for personne in personnes & self.charges.keys():
                self.charges[personne] += 1

    def libre(self, personne: int) -> bool:
        plafond = self.lecteurs[personne].charge_max
        return plafond is None or self.charges[personne] < plafond

    def peut(self, personne: int, dossier: int) -> bool:
        return (
            personne not in self.dossiers[dossier].interdits and personne not in self.pris[dossier]
        )

    def preference(self, personne: int, dossier: int) -> tuple:
        """Least loaded first; then another region, then a known theme."""
        lecteur = self.lecteurs[personne]
        deja = {self.lecteurs[p].region for p in self.pris[dossier] if p in self.lecteurs}
        meme_region = bool(lecteur.region) and lecteur.region in deja
        connait = bool(lecteur.themes & self.dossiers[dossier].themes)
        return self.charges[personne], meme_region, not connait

    def donner(self, personne: int, dossier: int) -> None:
        self.pris[dossier].add(personne)
        self.charges[personne] += 1

    def deplacer(self, de: int, vers: int, dossier: int) -> None:
        self.pris[dossier].discard(de)
        self.pris[dossier].add(vers)
        self.charges[de] -= 1
        self.charges[vers] += 1

    def mobiles(self, personne: int) -> list[int]:
        return [
            d
            for d in self.ordre_dossiers
            if personne in self.pris[d] and personne not in self.fixes[d]
        ]

    def chaine(self, depart: int, arrivee) -> list[tuple[int, int, int]] | None:
        """Moves (from, to, dossier) from `depart` to somebody whom `arrivee` accepts."""
        venus: dict[int, tuple[int, int] | None] = {depart: None}
        file = deque([depart])
        while file:
            personne = file.popleft()
            for dossier in self.mobiles(personne):
                for autre in self.ordre:
                    if autre in venus or not self.peut(autre, dossier):
                        continue
                    venus[autre] = (personne, dossier)
                    if arrivee(autre):
                        return self._remonter(venus, autre)
                    file.append(autre)
        return None

    @staticmethod
    def _remonter(venus, personne) -> list[tuple[int, int, int]]:
        pas = []
        while venus[personne] is not None:
            de, dossier = venus[personne]
            pas.append((de, personne, dossier))
            personne = de
        return pas

    def remplir(self) -> None:
        for _ in range(self.n):
            for dossier in self.ordre_dossiers:
                if len(self.pris[dossier]) < self.n:
                    self.ajouter(dossier)

    def ajouter(self, dossier: int) -> None:
        possibles = [p for p in self.ordre if self.peut(p, dossier)]
        if libres := [p for p in possibles if self.libre(p)]:
            self.donner(min(libres, key=lambda p: self.preference(p, dossier)), dossier)
            return
        for personne in possibles:
            if pas := self.chaine(personne, self.libre):
                for de, vers, deplace in pas:
                    self.deplacer(de, vers, deplace)
                self.donner(personne, dossier)
                return

    def niveler(self) -> None:
        """While a chain leads from somebody to somebody with two dossiers less: move along it."""
        encore = True
        while encore:
            encore = False
            for personne in sorted(self.ordre, key=lambda p: -self.charges[p]):
                seuil = self.charges[personne] - 1
                pas = self.chaine(
                    personne, lambda p, s=seuil: self.charges[p] < s and self.libre(p)
                )
                if pas:
                    for de, vers, dossier in pas:
                        self.deplacer(de, vers, dossier)
                    encore = True
                    break


def tirer(
    dossiers: Iterable[Dossier],
    lecteurs: Iterable[Lecteur],
    *,
    n: int,
    graine: int,
    fixes: dict[int, Iterable[int]] | None = None,
) -> Proposition:
    """`fixes`: persons who keep a dossier (begun or kept by hand), counted in the loads."""
    tirage = _Tirage(dossiers, lecteurs, n, fixes or {}, graine)
    tirage.remplir()
    tirage.niveler()
    return Proposition(
        lecteurs_de={d: tuple(sorted(tirage.pris[d])) for d in sorted(tirage.pris)},
        charges=dict(sorted(tirage.charges.items())),
        manques={
            d: n - len(tirage.pris[d]) for d in sorted(tirage.pris) if len(tirage.pris[d]) < n
        },
    )
