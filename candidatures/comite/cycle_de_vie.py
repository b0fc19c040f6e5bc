"""A committee is prepared, opens, then closes: nothing of it moves afterwards."""

from candidatures.comite.choix import EtatComite as E
from socle.transitions import Cycle, Transition

CYCLE_COMITE = Cycle(
    "le comité",
    [
        Transition("ouvrir", (E.PREPARATION,), E.OUVERT, "Ouvrir la séance"),
        Transition("clore", (E.OUVERT,), E.CLOS, "Clore la séance"),
    ],
)
