"""A poll is open, then closed on a date or cancelled; either way it may open again."""

from ateliers.sondages.choix import EtatSondage as E
from socle.transitions import Cycle, Transition

CYCLE_SONDAGE = Cycle(
    "le sondage",
    [
        Transition("cloturer", (E.OUVERT,), E.CLOS, "Retenir cette date"),
        Transition("prolonger", (E.OUVERT,), E.OUVERT, "Changer la date limite"),
        Transition("relancer", (E.OUVERT,), E.OUVERT, "Relancer les personnes sans réponse"),
        Transition("annuler", (E.OUVERT,), E.ANNULE, "Annuler le sondage", motif_requis=True),
        Transition("rouvrir", (E.CLOS, E.ANNULE), E.OUVERT, "Rouvrir le sondage"),
    ],
)
