"""What rooms above know against a prepared decision: they declare it, since arrows go one way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, Value

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
_deliberees: list[Callable] = []
_ordres: list[Callable] = []


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


def declarer_deliberees(fonction: Callable) -> Callable:
    """Register `fonction() -> queryset` of the keys of candidatures that only wait for their
    decision: nobody is asked to read them any more."""
    _deliberees.append(fonction)
    return fonction


def sans_deliberees(objets, champ: str = "candidature", si: Q | None = None):
    """`objets` without what is about a deliberated candidature (of those that `si` picks)."""
    for fonction in _deliberees:
        objets = objets.exclude((si or Q()) & Q(**{f"{champ}__in": fonction()}))
    return objets


def dire_deliberee(objets, champ: str = "candidature"):
    """`objets` annotated with `deliberee`."""
    dites = [Exists(f().filter(candidature=OuterRef(champ))) for f in _deliberees]
    return objets.annotate(deliberee=reduce(or_, dites) if dites else Value(False))


def est_deliberee(candidature) -> bool:
    return any(f().filter(candidature=candidature.pk).exists() for f in _deliberees)


def declarer_ordre(fonction: Callable) -> Callable:
    """Register `fonction(utilisateur, requete) -> list[str]`: the references of the list that one
    comes from, in its own order."""
    _ordres.append(fonction)
    return fonction


def ordre_de_la_liste(utilisateur, requete: str) -> list[str]:
    return next((fonction(utilisateur, requete) for fonction in _ordres), [])
