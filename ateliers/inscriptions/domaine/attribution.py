"""Who gets a place: pure counting, so that it can be tried on every history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


def libre(occupees: Counter, college: str, capacite: int, quotas: Mapping[str, int]) -> bool:
    """One more person of this college fits. A college without a quota knows the capacity only."""
    if occupees.total() >= capacite:
        return False
    return college not in quotas or occupees[college] < quotas[college]


def a_promouvoir(
    attente: Iterable[tuple[int, str]],
    occupees: Counter,
    capacite: int,
    quotas: Mapping[str, int],
) -> list[int]:
    """Keys of those who get a place, first come first; who is held by their quota keeps rank."""
    occupees, choisies = Counter(occupees), []
    for cle, college in attente:
        if libre(occupees, college, capacite, quotas):
            occupees[college] += 1
            choisies.append(cle)
    return choisies
