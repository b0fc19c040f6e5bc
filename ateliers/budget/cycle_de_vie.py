"""A document of the contract: drafted, signed (its file is joined), notified, then sealed."""

from ateliers.budget.choix import EtatPiece as E
from socle.transitions import Cycle, Transition

CYCLE_PIECE = Cycle(
    "la pièce du contrat",
    [
        Transition("signer", (E.PROJET, E.SIGNEE), E.SIGNEE, "Joindre la pièce signée"),
        Transition("notifier", (E.SIGNEE,), E.NOTIFIEE, "Noter la notification"),
    ],
)
