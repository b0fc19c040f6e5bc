"""A séance is programmed, its participants are convoked, then it is held or cancelled.

A slip keeps the former date and its reason; it takes back a convocation, which must be sent again.
"""

from ateliers.seances.choix import EtatSeance as E
from socle.transitions import Cycle, Transition

CYCLE_SEANCE = Cycle(
    "la séance",
    [
        Transition("programmer", (E.A_PROGRAMMER,), E.PROGRAMMEE, "Programmer la séance"),
        Transition(
            "reporter",
            (E.PROGRAMMEE, E.CONVOQUEE),
            E.PROGRAMMEE,
            "Reporter la séance",
            motif_requis=True,
        ),
        Transition("corriger", (E.PROGRAMMEE,), E.PROGRAMMEE, "Corriger la date"),
        Transition(
            "convoquer", (E.PROGRAMMEE, E.CONVOQUEE), E.CONVOQUEE, "Convoquer les participants"
        ),
        Transition("tenir", (E.PROGRAMMEE, E.CONVOQUEE), E.TENUE, "Déclarer la séance tenue"),
        Transition(
            "annuler",
            (E.A_PROGRAMMER, E.PROGRAMMEE, E.CONVOQUEE),
            E.ANNULEE,
            "Annuler la séance",
            motif_requis=True,
        ),
    ],
)
