"""What rooms above know against a prepared decision: they declare it, since arrows go one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from candidatures.instruction.models import Decision


@dataclass(frozen=True)
class Ecart:
    """A prepared decision that is not what was deliberated.

    `contredit`: the decision itself differs, not only the words of its motif.
    """

    decision: Decision
    prepare: str
    delibere: str
    contredit: bool
    url: str = ""

    @property
    def bloque(self) -> bool:
        return self.contredit and not self.decision.motif_ecart.strip()


_declarees: list[Callable] = []
_rangs: list[Callable] = []


def declarer_garde(fonction: Callable) -> Callable:
    """Register `fonction(decisions) -> list[Ecart]`, about pending decisions."""
    _declarees.append(fonction)
    return fonction


def declarer_rang(fonction: Callable) -> Callable:
    """Register `fonction(candidature) -> int | None`: the rank deliberated for a reserve."""
    _rangs.append(fonction)
    return fonction


def rang_delibere(candidature) -> int | None:
    return next((rang for f in _rangs if (rang := f(candidature)) is not None), None)


def ecarts(decisions: Iterable[Decision]) -> list[Ecart]:
    lues = list(decisions)
    return [e for fonction in _declarees for e in fonction(lues)] if lues else []
