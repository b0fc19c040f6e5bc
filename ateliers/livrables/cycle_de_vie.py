"""A livrable is expected, deposited in versions, then accepted, or refused with a reason."""

from ateliers.livrables.choix import EtatLivrable as E
from socle.transitions import Cycle, Transition

CYCLE_LIVRABLE = Cycle(
    "le livrable",
    [
        Transition("deposer", (E.ATTENDU, E.DEPOSE, E.REFUSE), E.DEPOSE, "Déposer une version"),
        Transition("completer", (E.ACCEPTE,), E.ACCEPTE, "Déposer une version sans réserve"),
        Transition("lever", (E.ACCEPTE,), E.ACCEPTE, "Lever les réserves"),
        Transition("accepter", (E.DEPOSE,), E.ACCEPTE, "Accepter le livrable"),
        Transition("refuser", (E.DEPOSE,), E.REFUSE, "Demander une reprise", motif_requis=True),
    ],
)
