"""A mail waits for a reader when it matters, then leaves after the commit.

Retenu → (libérer) → en attente → envoyé, or échec, from which somebody sends it again.
"""

from socle.courriels.choix import EtatCourriel as E
from socle.transitions import Cycle, Transition

CYCLE = Cycle(
    "ce courriel",
    [
        Transition("liberer", (E.RETENU,), E.EN_ATTENTE, "Envoyer"),
        Transition(
            "annuler", (E.RETENU, E.EN_ATTENTE, E.ECHEC, E.A_GROUPER), E.ANNULE, "Ne pas envoyer"
        ),
        Transition("marquer_envoye", (E.EN_ATTENTE,), E.ENVOYE, "Envoyé"),
        Transition("marquer_echec", (E.EN_ATTENTE,), E.ECHEC, "Échec"),
        Transition("renvoyer", (E.ECHEC,), E.EN_ATTENTE, "Envoyer de nouveau"),
    ],
)
