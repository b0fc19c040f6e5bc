"""A hypothesis is put forward, consolidated, then kept or set aside (with a reason)."""

from ateliers.sites.choix import EtatHypothese as E
from socle.transitions import Cycle, Transition

CYCLE_HYPOTHESE = Cycle(
    "l’hypothèse",
    [
        Transition("consolider", (E.EMISE,), E.CONSOLIDEE, "Consolider"),
        Transition("retenir", (E.CONSOLIDEE,), E.RETENUE, "Retenir"),
        Transition(
            "ecarter",
            (E.EMISE, E.CONSOLIDEE, E.RETENUE),
            E.ECARTEE,
            "Écarter",
            motif_requis=True,
        ),
        Transition("reprendre", (E.ECARTEE,), E.EMISE, "Reprendre"),
    ],
)
