"""One column of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from candidatures.instruction.domaine.delais import SANS_COMPTE


@dataclass(frozen=True)
class Colonne:
    """`lit`: values asked from the row; `annotations`: those to compute; `tri`: what
    sorts its `Repere`, a field or an expression made from the path to it.

    `cellule(ligne)` gives HTML; `texte(ligne)` the same in words, for exports. `agregats` names
    what is read for the fifty rows at once (`lecture.agregats`).
    """

    cle: str
    libelle: str
    cellule: Callable[[dict], Any]
    lit: tuple[str, ...] = ()
    annotations: Callable[[], dict] = dict
    tri: str | Callable[[str], Any] = ""
    texte: Callable[[dict], Any] | None = None
    agregats: tuple[str, ...] = ()
    instruction: bool = False
    chiffre: bool = False
    largeur: int = 18

    def trie(self, depuis: str):
        return self.tri(depuis) if callable(self.tri) else F(f"{depuis}{self.tri}")

    def en_texte(self, ligne: dict):
        return (self.texte or self.cellule)(ligne)


def liste(cle: str) -> Callable[[dict], str]:
    return lambda ligne: ", ".join(ligne[cle] or ())


def brut(cle: str) -> Callable[[dict], Any]:
    return lambda ligne: ligne[cle]


def jours_tries(depuis: str):
    """Those of a count that runs grow by one each day: the database keeps where they start."""
    ecoules = Func(
        Cast(Value(timezone.localdate()), DateField()),
        F(f"{depuis}compte_depuis"),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )
    court = Case(When(~Q(**{f"{depuis}etat__in": SANS_COMPTE}), then=ecoules))
    return Coalesce(F(f"{depuis}jours_arretes"), court)
