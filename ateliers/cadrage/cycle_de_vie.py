"""The cahier des charges is written, then validated; the pilot may reopen it with a reason."""

from ateliers.cadrage.choix import EtatCahier as E
from socle.transitions import Cycle, Transition

CYCLE_CAHIER = Cycle(
    "le cahier des charges",
    [
        Transition("valider", (E.BROUILLON,), E.VALIDE, "Valider le cahier des charges"),
        Transition("rouvrir", (E.VALIDE,), E.BROUILLON, "Rouvrir la rédaction", motif_requis=True),
    ],
)
