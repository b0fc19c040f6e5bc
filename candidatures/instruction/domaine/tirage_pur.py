"""The balanced draw of reviewers. Pure: same input and same seed, same answer.

Every slot that can be filled is (augmenting paths), then loads are levelled by moving a dossier
along a chain of persons until no chain lowers the heaviest load (optimal semi-matching). Regions,
past encounters and themes only choose among equals. At last, groups of readers who share no dossier
are mixed by exchanges, which change no load: notes of two closed groups could not be compared.
"""

from __future__ import annotations

import random
from collections import Counter, deque
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
        self.rencontres: Counter = Counter()
        for personnes in self.pris.values():
            for personne in personnes & self.charges.keys():
                self.charges[personne] += 1
            for personne in personnes:
                self.rencontrer(personne, personnes - {personne}, 0.5)

    def libre(self, personne: int) -> bool:
        plafond = self.lecteurs[personne].charge_max
        return plafond is None or self.charges[personne] < plafond

    def peut(self, personne: int, dossier: int) -> bool:
        return (
            personne not in self.dossiers[dossier].interdits and personne not in self.pris[dossier]
        )

    def rencontrer(self, personne: int, autres, combien: float) -> None:
        """Two who read the same dossier."""
        for autre in autres:
            self.rencontres[frozenset((personne, autre))] += combien

    def preference(self, personne: int, dossier: int) -> tuple:
        """Least loaded first; then another region, new colleagues, a known theme."""
        lecteur = self.lecteurs[personne]
        deja = {self.lecteurs[p].region for p in self.pris[dossier] if p in self.lecteurs}
        meme_region = bool(lecteur.region) and lecteur.region in deja
        connait = bool(lecteur.themes & self.dossiers[dossier].themes)
        vus = sum(self.rencontres[frozenset((personne, p))] for p in self.pris[dossier])
        return self.charges[personne], meme_region, vus, not connait

    def donner(self, personne: int, dossier: int) -> None:
        self.rencontrer(personne, self.pris[dossier], 1)
        self.pris[dossier].add(personne)
        self.charges[personne] += 1

    def retirer(self, personne: int, dossier: int) -> None:
        self.pris[dossier].discard(personne)
        self.rencontrer(personne, self.pris[dossier], -1)
        self.charges[personne] -= 1

    def deplacer(self, de: int, vers: int, dossier: int) -> None:
        self.retirer(de, dossier)
        self.donner(vers, dossier)

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

    def relier(self) -> None:
        """Fewer closed groups, as long as an exchange or a replacement makes one less."""
        while pas := self._rapprochement():
            for de, vers, dossier in pas:
                self.deplacer(de, vers, dossier)

    def _rapprochement(self) -> list[tuple[int, int, int]]:
        """Moves that join two groups. One of the readings moved must be superfluous to its own
        group (it closes a loop): then the group holds without it, and gains the other."""
        groupe, superflues = self._groupes()
        if len(set(groupe.values())) < 2:
            return []
        lectures = [(p, d) for p in self.ordre for d in self.mobiles(p)]
        for personne, dossier in superflues:
            ailleurs = [(p, d) for p, d in lectures if groupe[p] != groupe[personne]]
            for autre, sien in ailleurs:
                if self.peut(personne, sien) and self.peut(autre, dossier):
                    return [(personne, autre, dossier), (autre, personne, sien)]
            for autre in sorted({p for p, _ in ailleurs}):
                moins = self.charges[autre] < self.charges[personne]
                if moins and self.libre(autre) and self.peut(autre, dossier):
                    return [(personne, autre, dossier)]
        return []

    def _groupes(self) -> tuple[dict[int, int], list[tuple[int, int]]]:
        """The group of each person who reads, and the readings that close a loop in theirs."""
        lectures = [(p, d) for d in self.ordre_dossiers for p in sorted(self.pris[d])]
        groupe, boucles = groupes_de_lecture(lectures)
        mobiles = {(p, d) for p in self.ordre for d in self.mobiles(p)}
        return groupe, [lecture for lecture in boucles if lecture in mobiles]


def _foret(voisins: dict[tuple, list]) -> tuple[dict, dict, list]:
    """A spanning forest in breadth: parent of each node, number of its tree, order of visit."""
    parents, numeros, ordre = {}, {}, []
    for racine in voisins:
        if racine in parents:
            continue
        parents[racine], file = None, deque([racine])
        while file:
            noeud = file.popleft()
            numeros[noeud] = numeros.get(parents[noeud], len(ordre))
            ordre.append(noeud)
            for voisin in voisins[noeud]:
                if voisin not in parents:
                    parents[voisin] = noeud
                    file.append(voisin)
    return parents, numeros, ordre


def groupes_de_lecture(
    lectures: list[tuple[int, int]],
) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Persons linked by what they read, and the readings (person, dossier) whose removal would
    split no group. A spanning forest, where each reading out of the forest signs, with a random
    number, the path that it doubles: what bears no signature is a bridge."""
    voisins: dict[tuple, list] = {}
    for personne, dossier in lectures:
        voisins.setdefault(("p", personne), []).append(("d", dossier))
        voisins.setdefault(("d", dossier), []).append(("p", personne))
    parents, numeros, ordre = _foret(voisins)
    hasard, signes = random.Random(0), dict.fromkeys(voisins, 0)
    aretes = [(("p", p), ("d", d)) for p, d in lectures]
    hors = {(u, v) for u, v in aretes if u != parents[v] and v != parents[u]}
    for u, v in sorted(hors):
        signe = hasard.getrandbits(64)
        signes[u] ^= signe
        signes[v] ^= signe
    ponts = set()
    for noeud in reversed(ordre):
        if parents[noeud] is not None:
            signes[parents[noeud]] ^= signes[noeud]
            if not signes[noeud]:
                ponts |= {(noeud, parents[noeud]), (parents[noeud], noeud)}
    groupe = {p: numeros["p", p] for p, _ in lectures}
    return groupe, [(u[1], v[1]) for u, v in aretes if (u, v) not in ponts]


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
    if n > 1:
        tirage.relier()
    return Proposition(
        lecteurs_de={d: tuple(sorted(tirage.pris[d])) for d in sorted(tirage.pris)},
        charges=dict(sorted(tirage.charges.items())),
        manques={
            d: n - len(tirage.pris[d]) for d in sorted(tirage.pris) if len(tirage.pris[d]) < n
        },
    )
