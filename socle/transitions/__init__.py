"""A lifecycle as a table: which verb leads from which states to which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from socle.erreurs import MotifRequis, TransitionImpossible


@dataclass(frozen=True)
class Transition:
    """One row: `verbe` (python name), `de` (states), `vers` (state), `libelle` (on the button)."""

    verbe: str
    de: tuple[str, ...]
    vers: str
    libelle: str
    motif_requis: bool = False


class Cycle:
    """The table of one notion. `champ` is the name of the state field on the model."""

    def __init__(self, nom: str, transitions: Iterable[Transition], *, champ: str = "etat"):
        self.nom = nom
        self.champ = champ
        self.transitions = tuple(transitions)
        self._par_cle: dict[tuple[str, str], Transition] = {}
        for transition in self.transitions:
            for etat in transition.de:
                cle = (transition.verbe, etat)
                if cle in self._par_cle:
                    raise ValueError(f"{nom} : {transition.verbe} déclaré deux fois depuis {etat}")
                self._par_cle[cle] = transition

    @property
    def verbes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t.verbe for t in self.transitions))

    def possible(self, verbe: str, etat: str) -> bool:
        return (verbe, etat) in self._par_cle

    def depuis(self, etat: str) -> tuple[Transition, ...]:
        """Transitions that leave `etat`, in the order of the table."""
        return tuple(t for t in self.transitions if etat in t.de)

    def verifier(self, objet, verbe: str, *, motif: str | None = None) -> Transition:
        """Return the row, or raise TransitionImpossible or MotifRequis."""
        etat = getattr(objet, self.champ)
        transition = self._par_cle.get((verbe, str(etat)))
        if transition is None:
            libelle = getattr(objet, f"get_{self.champ}_display")()
            raise TransitionImpossible(
                f"Cette étape n’est pas possible : {self.nom} est dans l’état « {libelle} »."
            )
        if transition.motif_requis and not (motif or "").strip():
            raise MotifRequis()
        return transition

    def appliquer(self, objet, verbe: str, *, motif: str | None = None) -> str:
        """Check, set the state on the object (not saved) and return the former state."""
        transition = self.verifier(objet, verbe, motif=motif)
        ancien = str(getattr(objet, self.champ))
        setattr(objet, self.champ, transition.vers)
        return ancien
