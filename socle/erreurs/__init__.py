"""What a verb may refuse, each with the sentence that the user reads.

Views never catch these one by one: `socle.interface.middleware.ErreursMetier` turns them into a
message beside the button, or into a 403 page.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class ErreurMetier(Exception):
    """A rule of the démarche refuses what was asked. `message` is shown as it is, in French.

    `champ` names the field at fault, so that a form shows the sentence beside it; `champs`, several
    where the first that the form has will do.
    """

    champs: tuple[str, ...] = ()

    def __init__(self, message: str, *, champ: str = ""):
        super().__init__(message)
        self.message = message
        self.champ = champ


class ActionInterdite(ErreurMetier):
    """The user is known but may not do this (HTTP 403)."""


class TransitionImpossible(ErreurMetier):
    """The object is not in a state from which this verb exists."""


class MotifRequis(ErreurMetier):
    """This verb asks for a reason."""

    def __init__(self, message: str = "Indiquez le motif : il sera inscrit dans l’historique."):
        super().__init__(message)


@dataclass(frozen=True)
class Manque:
    """One missing item: a sentence, and where to mend it (a URL, possibly with a #fragment)."""

    phrase: str
    url: str = ""


class ElementsManquants(ErreurMetier):
    """Something must be filled in first. `manques` is the list shown before the click too."""

    def __init__(self, manques: list[Manque]):
        self.manques = list(manques)
        super().__init__(" ".join(m.phrase for m in self.manques))


class ConfirmationRequise(ErreurMetier):
    """Unlikely, but possible: the form shows it again with a box to tick, named by `cle`."""

    def __init__(self, message: str, *, cle: str, champ: str = ""):
        super().__init__(message, champ=champ)
        self.cle = cle
        self.autres: list[ConfirmationRequise] = []

    @property
    def toutes(self) -> list[ConfirmationRequise]:
        return [self, *self.autres]


_reunies: ContextVar[list | None] = ContextVar("confirmations_reunies", default=None)


def confirmer(cle: str, message: str, confirmes, *, champ: str = "") -> None:
    """Ask for a confirmation, unless `confirmes` (the boxes already ticked) holds it."""
    if cle in confirmes:
        return
    demande, reunies = ConfirmationRequise(message, cle=cle, champ=champ), _reunies.get()
    if reunies is None:
        raise demande
    if cle not in {d.cle for d in reunies}:
        reunies.append(demande)


@contextmanager
def confirmations_reunies():
    """All that a verb asks to confirm, asked at once at the end; put it inside its transaction,
    which undoes what was written meanwhile. Inside another one, the outer asks.
    """
    if _reunies.get() is not None:
        yield
        return
    demandes: list[ConfirmationRequise] = []
    jeton = _reunies.set(demandes)
    try:
        yield
    finally:
        _reunies.reset(jeton)
    if demandes:
        premiere, *premiere.autres = demandes
        raise premiere


class ConflitDeVersion(ErreurMetier):
    """A colleague saved first. `actuel` is the stored object; nothing was overwritten."""

    def __init__(self, actuel, message: str = ""):
        self.actuel = actuel
        super().__init__(
            message
            or "Quelqu’un a enregistré ce texte pendant que vous l’écriviez. "
            "Les deux versions sont affichées : choisissez celle à garder."
        )
