"""Ranking, ceiling and balance: pure functions, tested against an independent recomputation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from candidatures.instruction.domaine.synthese import moyenne_de, moyenne_ponderee


@dataclass(frozen=True)
class Dossier:
    """`evaluations`: the notes by criterion of each filed evaluation, with who filed it."""

    cle: int
    evaluations: tuple[tuple[int, Mapping[int, int]], ...] = ()
    ecartes: frozenset[int] = frozenset()
    cout: int = 0


@dataclass(frozen=True)
class Place:
    """`moyenne`: exact, so that only true equals share a rank; rounded where it is read."""

    cle: int
    moyenne: Fraction | None
    rang: int | None
    ex_aequo: bool = False


@dataclass(frozen=True)
class Plafond:
    places: int | None = None
    budget: int | None = None
    reserve: int = 0
    dessus: frozenset[int] = frozenset()
    dessous: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Coupe:
    """`partages`: equals that the line separates, to be decided in words. `arrets`: the ceilings
    that hold the next one back, "places", "budget" or both; none when all the noted are above."""

    retenus: tuple[int, ...]
    reserve: tuple[int, ...]
    autres: tuple[int, ...]
    cout: int
    partages: frozenset[int] = frozenset()
    arrets: frozenset[str] = frozenset()


def moyennes_comptees(dossier: Dossier, poids: Mapping[int, int]) -> list[Fraction]:
    """Each reviewer's weighted mean; what a recused one noted is never read."""
    moyennes = []
    for personne, notes in dossier.evaluations:
        if personne in dossier.ecartes:
            continue
        valeur = moyenne_ponderee((note, poids.get(critere, 0)) for critere, note in notes.items())
        if valeur is not None:
            moyennes.append(valeur)
    return moyennes


def moyenne(dossier: Dossier, poids: Mapping[int, int]) -> Fraction | None:
    return moyenne_de(moyennes_comptees(dossier, poids))


def ecart(dossier: Dossier, poids: Mapping[int, int]) -> Fraction | None:
    """Between the highest and the lowest reviewer; nothing to compare under two."""
    moyennes = moyennes_comptees(dossier, poids)
    return max(moyennes) - min(moyennes) if len(moyennes) > 1 else None


def classer(dossiers: Iterable[Dossier], poids: Mapping[int, int]) -> list[Place]:
    """Best first; equals share a rank (1, 2, 2, 4) and keep the order given; unnoted last."""
    notes = [(d.cle, moyenne(d, poids)) for d in dossiers]
    notes.sort(key=lambda n: (n[1] is None, -(n[1] or 0)))
    places, rang, precedente = [], 0, None
    for position, (cle, valeur) in enumerate(notes, start=1):
        if valeur is None:
            places.append(Place(cle, None, None))
            continue
        if valeur != precedente:
            rang, precedente = position, valeur
        places.append(Place(cle, valeur, rang))
    partages = {r for r in (p.rang for p in places) if r is not None}
    effectifs = dict.fromkeys(partages, 0)
    for place in places:
        if place.rang is not None:
            effectifs[place.rang] += 1
    return [Place(p.cle, p.moyenne, p.rang, effectifs.get(p.rang, 0) > 1) for p in places]


def _arrets(plafond: Plafond, nombre: int, cout: int) -> frozenset[str]:
    """The ceilings that `nombre` dossiers, for `cout` in all, would pass."""
    trop = {
        "places": plafond.places is not None and nombre > plafond.places,
        "budget": plafond.budget is not None and cout > plafond.budget,
    }
    return frozenset(nom for nom, depasse in trop.items() if depasse)


def _remplir(
    libres: list[Place], plafond: Plafond, couts, prises: list[int]
) -> tuple[list[int], frozenset[str]]:
    """Take in rank order until a ceiling stops, without jumping over a dossier too dear."""
    total = sum(couts[cle] for cle in prises)
    retenus = list(prises)
    for place in libres:
        if arrets := _arrets(plafond, len(retenus) + 1, total + couts[place.cle]):
            return retenus, arrets
        retenus.append(place.cle)
        total += couts[place.cle]
    return retenus, frozenset()


def couper(places: list[Place], couts: Mapping[int, int], plafond: Plafond) -> Coupe:
    """What is above the line, in reserve, and below. A dossier moved by hand holds its side."""
    connus = {p.cle for p in places}
    dessus = plafond.dessus & connus
    dessous = (plafond.dessous & connus) - dessus
    libres = [
        p for p in places if p.rang is not None and p.cle not in dessus and p.cle not in dessous
    ]
    remplis, arrets = _remplir(libres, plafond, couts, [p.cle for p in places if p.cle in dessus])
    gardes = set(remplis)
    suite = [p for p in libres if p.cle not in gardes]
    reserve = tuple(p.cle for p in suite[: plafond.reserve])
    partages: frozenset[int] = frozenset()
    derniers = [p for p in libres if p.cle in gardes]
    if derniers and suite and derniers[-1].moyenne == suite[0].moyenne:
        valeur = suite[0].moyenne
        partages = frozenset(p.cle for p in libres if p.moyenne == valeur)
    return Coupe(
        retenus=tuple(p.cle for p in places if p.cle in gardes),
        reserve=reserve,
        autres=tuple(p.cle for p in places if p.cle not in gardes and p.cle not in reserve),
        cout=sum(couts[cle] for cle in gardes),
        partages=partages,
        arrets=arrets,
    )


@dataclass(frozen=True)
class Part:
    """One bar of the balance: of the candidates of a region or theme, how many are above."""

    libelle: str
    candidates: int
    retenues: int
    reserve: int
    largeur: float
    largeur_retenues: float


def equilibre(
    groupes: Mapping[int, Iterable[str]], retenus: Iterable[int], reserve: Iterable[int]
) -> list[Part]:
    """By name; a dossier in two regions counts in both. Widths on a common scale of 100."""
    hauts, attente = set(retenus), set(reserve)
    comptes: dict[str, list[int]] = {}
    for cle, libelles in groupes.items():
        for libelle in set(libelles):
            compte = comptes.setdefault(libelle, [0, 0, 0])
            compte[0] += 1
            compte[1] += cle in hauts
            compte[2] += cle in attente
    echelle = max((c[0] for c in comptes.values()), default=1)
    return [
        Part(libelle, n, r, a, round(100 * n / echelle, 1), round(100 * r / echelle, 1))
        for libelle, (n, r, a) in sorted(comptes.items(), key=lambda c: (-c[1][0], c[0]))
    ]
