"""What the room that runs the consultation says of the team: it declares it here, at start-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from socle.erreurs import Manque


@dataclass(frozen=True)
class ChoixDeclare:
    """A consultation exists: what its decision waits for, else the holder of the offer kept."""

    manques: list[Manque] = field(default_factory=list)
    mandataire: str = ""
    prix_ht: Decimal | None = None

    def designe(self, organisme) -> bool:
        return " ".join(organisme.nom.split()).casefold() == self.mandataire.casefold()


_DECLARES: list[Callable] = []


def declarer(fonction: Callable) -> Callable:
    """`fonction(atelier)` gives its ChoixDeclare, or None without a consultation."""
    if fonction not in _DECLARES:
        _DECLARES.append(fonction)
    return fonction


def choix_declare(atelier) -> ChoixDeclare | None:
    return next((choix for fonction in _DECLARES if (choix := fonction(atelier))), None)
