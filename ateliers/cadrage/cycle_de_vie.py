"""The cahier des charges is written, frozen for its visas, validated by the last one.

A refused visa brings it back to writing; so does the pilot, with a reason.
"""

from ateliers.cadrage.choix import EtatCahier as E
from socle.transitions import Cycle, Transition

CYCLE_CAHIER = Cycle(
    "le cahier des charges",
    [
        Transition("soumettre", (E.BROUILLON,), E.EN_VISA, "Soumettre aux visas"),
        Transition("valider", (E.EN_VISA,), E.VALIDE, "Donner le dernier visa"),
        Transition("refuser", (E.EN_VISA,), E.BROUILLON, "Refuser le visa", motif_requis=True),
        Transition(
            "rouvrir",
            (E.EN_VISA, E.VALIDE),
            E.BROUILLON,
            "Rouvrir la rédaction",
            motif_requis=True,
        ),
    ],
)
