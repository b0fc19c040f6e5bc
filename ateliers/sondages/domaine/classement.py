"""Rank the créneaux of a poll: pure functions, nothing of the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ateliers.sondages.choix import Choix

REGLE = (
    "Viennent d’abord les créneaux acceptés (« oui » ou « si besoin ») par toutes les personnes "
    "indispensables, puis ceux où chaque collège atteint son quorum, puis ceux qui réunissent le "
    "plus de personnes disponibles, puis le plus de « oui », enfin le plus proche. Un créneau "
    "refusé par une personne indispensable ne peut pas être retenu."
)
DISPONIBLES = (Choix.OUI, Choix.SI_BESOIN)


@dataclass(frozen=True)
class Repondant:
    nom: str
    college: str
    obligatoire: bool
    choix: dict  # créneau → Choix; what is absent was not answered


@dataclass(frozen=True)
class Bilan:
    """What one créneau gathers. `rang` 1 is the best."""

    creneau: int
    rang: int
    oui: int
    si_besoin: int
    non: int
    muets: int
    refus: tuple[str, ...]
    attendus: tuple[str, ...]
    sous_quorum: tuple[tuple[str, int, int], ...]  # college, available, wanted

    @property
    def disponibles(self) -> int:
        return self.oui + self.si_besoin

    @property
    def possible(self) -> bool:
        return not self.refus


def compter(creneau: int, repondants: list[Repondant], quorums: dict, rang: int = 0) -> Bilan:
    choix = [(v, v.choix.get(creneau, "")) for v in repondants]
    total = Counter(valeur for _, valeur in choix)
    presents = Counter(v.college for v, valeur in choix if valeur in DISPONIBLES)
    return Bilan(
        creneau=creneau,
        rang=rang,
        oui=total[Choix.OUI],
        si_besoin=total[Choix.SI_BESOIN],
        non=total[Choix.NON],
        muets=total[""],
        refus=tuple(v.nom for v, valeur in choix if v.obligatoire and valeur == Choix.NON),
        attendus=tuple(v.nom for v, valeur in choix if v.obligatoire and not valeur),
        sous_quorum=tuple(
            (college, presents[college], voulu)
            for college, voulu in sorted(quorums.items())
            if presents[college] < voulu
        ),
    )


def _cle(bilan: Bilan):
    return (
        bool(bilan.refus),
        bool(bilan.refus or bilan.attendus),
        bool(bilan.sous_quorum),
        -bilan.disponibles,
        -bilan.oui,
    )


def classer(creneaux: list[int], repondants: list[Repondant], quorums: dict) -> list[Bilan]:
    """Best first. `creneaux` by date: the sort keeps the nearest first among equals."""
    bilans = sorted((compter(c, repondants, quorums) for c in creneaux), key=_cle)
    return [Bilan(**{**bilan.__dict__, "rang": rang}) for rang, bilan in enumerate(bilans, start=1)]
