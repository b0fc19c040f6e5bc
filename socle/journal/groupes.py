"""Consecutive saves of one author make one line of the history, which unfolds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from socle.journal.catalogue import Action
from socle.journal.models import Entree


@dataclass(frozen=True)
class Ligne:
    """`entree`: the latest one; `serie`: all of them, oldest first, when there are several."""

    entree: Entree
    action: Action
    serie: tuple = ()

    @property
    def debut(self):
        return self.serie[0].quand

    @property
    def parts(self) -> list[str]:
        """What was saved, each once, in the order in which it was begun."""
        noms = (str(e.details.get(self.action.regroupe, "")) for e in self.serie)
        return list(dict.fromkeys(nom for nom in noms if nom))


def _rang(ligne):
    """What may be joined: same author, same action, same day; a reason is never folded away."""
    rang, (entree, action) = ligne
    if not action.regroupe or entree.motif:
        return rang
    return entree.auteur_id, action.cle, timezone.localtime(entree.quand).date()


def regrouper(lignes) -> list[Ligne]:
    """(entree, action), newest first, as the history shows them."""
    lues = []
    for _, ensemble in groupby(enumerate(lignes), key=_rang):
        suite = [ligne for _, ligne in ensemble]
        entree, action = suite[0]
        serie = tuple(e for e, _ in reversed(suite)) if len(suite) > 1 else ()
        lues.append(Ligne(entree, action, serie))
    return lues
