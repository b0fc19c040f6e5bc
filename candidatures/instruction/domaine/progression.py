"""How far a reviewer is, and how long what remains takes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

SEANCE = timedelta(hours=2)  # a longer gap is a pause, not a reading
PAR_DEFAUT = timedelta(minutes=25)


@dataclass(frozen=True)
class Avancee:
    """In one appel, how many evaluations are entrusted to somebody, and how many they filed."""

    appel: str
    total: int
    deposees: int

    @property
    def finie(self) -> bool:
        return self.deposees == self.total


def par_appel(lues: Iterable[tuple]) -> list[Avancee]:
    """Of (appel, filed on or None): those where something is left first, then by name."""
    comptes: dict[str, list[int]] = {}
    for appel, depot in lues:
        compte = comptes.setdefault(appel, [0, 0])
        compte[0] += 1
        compte[1] += depot is not None
    avancees = [Avancee(appel, *compte) for appel, compte in comptes.items()]
    return sorted(avancees, key=lambda a: (a.finie, a.appel))


def par_dossier(depots: Iterable[datetime]) -> timedelta:
    """Median time between two evaluations filed in a row."""
    rangees = sorted(depots)
    ecarts = [b - a for a, b in zip(rangees, rangees[1:], strict=False) if b - a <= SEANCE]
    return median(ecarts) if len(ecarts) >= 2 else PAR_DEFAUT


def estimation(depots: Iterable[datetime], restants: int) -> str:
    """« environ 2 h 30 », to the quarter of an hour, never less."""
    if restants <= 0:
        return ""
    minutes = par_dossier(depots).total_seconds() * restants / 60
    quarts = max(1, round(minutes / 15))
    heures, reste = divmod(quarts * 15, 60)
    if not heures:
        return f"environ {reste} min"
    return f"environ {heures} h {reste:02}" if reste else f"environ {heures} h"


def voisins(ouvertes: list[tuple[str, bool]], reference: str) -> tuple[str | None, str | None]:
    """(previous, next) among (reference, filed): back to the one before, on to the next to read.

    What is left before the current dossier comes after the last one. Once all are filed, they
    are read again in their order.
    """
    references = [r for r, _ in ouvertes]
    if reference not in references:
        return None, next((r for r, deposee in ouvertes if not deposee), None)
    i = references.index(reference)
    suite = [*ouvertes[i + 1 :], *ouvertes[:i]]
    suivante = next((r for r, deposee in suite if not deposee), None)
    if suivante is None and ouvertes[i][1]:
        suivante = next(iter(references[i + 1 : i + 2]), None)
    return references[i - 1] if i else None, suivante
