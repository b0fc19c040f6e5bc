"""What the rooms of the consultation and of the pieces say of the team and its contract.

They declare it here, at start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from socle.erreurs import Manque


@dataclass(frozen=True)
class Lettres:
    """To the candidates opened and not kept: how many, when they left, the days they announce
    before the contract is signed (0: none)."""

    nombre: int = 0
    parties_le: date | None = None
    jours_annonces: int = 0


@dataclass(frozen=True)
class ChoixDeclare:
    """A consultation exists: what its decision waits for, else the holder of the offer kept."""

    manques: list[Manque] = field(default_factory=list)
    mandataire: str = ""
    prix_ht: Decimal | None = None
    lettres: Callable[[], Lettres] = Lettres  # read only when it is asked
    # What the pilot does next for the choice, letters included: (sentence, address), or two blanks.
    suite: Callable[[], tuple[str, str]] = lambda: ("", "")

    def designe(self, organisme) -> bool:
        return " ".join(organisme.nom.split()).casefold() == self.mandataire.casefold()


_DECLARES: list[Callable] = []
_ACTES: list[Callable] = []
_ENGAGEES: list[Callable] = []
_A_REPARTIR: list[Callable] = []


def declarer(fonction: Callable) -> Callable:
    """`fonction(atelier)` gives its ChoixDeclare, or None without a consultation."""
    if fonction not in _DECLARES:
        _DECLARES.append(fonction)
    return fonction


def choix_declare(atelier) -> ChoixDeclare | None:
    return next((choix for fonction in _DECLARES if (choix := fonction(atelier))), None)


def declarer_acte(fonction: Callable) -> Callable:
    """`fonction(contrat)` says whether the acte d’engagement is kept here, signed."""
    if fonction not in _ACTES:
        _ACTES.append(fonction)
    return fonction


def acte_signe(contrat) -> bool:
    return any(fonction(contrat) for fonction in _ACTES)


def declarer_engagees(fonction: Callable) -> Callable:
    """`fonction(lignes)` gives the keys of those, among these lines, on which money is engaged."""
    if fonction not in _ENGAGEES:
        _ENGAGEES.append(fonction)
    return fonction


def engagees(lignes) -> set[int]:
    return {cle for fonction in _ENGAGEES for cle in fonction(lignes)}


def declarer_a_repartir(fonction: Callable) -> Callable:
    """`fonction(contrat)` gives the part of its amount that no milestone of its schedule holds;
    nothing where no schedule is written."""
    if fonction not in _A_REPARTIR:
        _A_REPARTIR.append(fonction)
    return fonction


def a_repartir(contrat) -> Decimal:
    return sum((fonction(contrat) for fonction in _A_REPARTIR), Decimal(0))
