"""An appel is prepared, published, then closed. A closed one may be opened again."""

from candidatures.appels.choix import EtatAppel as E
from socle.transitions import Cycle, Transition

CYCLE_APPEL = Cycle(
    "l’appel",
    [
        Transition("publier", (E.BROUILLON,), E.PUBLIE, "Publier l’appel"),
        Transition("clore", (E.PUBLIE,), E.CLOS, "Clore l’appel"),
        Transition("rouvrir", (E.CLOS,), E.PUBLIE, "Rouvrir l’appel", motif_requis=True),
    ],
)
