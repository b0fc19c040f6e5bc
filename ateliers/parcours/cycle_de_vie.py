"""Life of an atelier.

Opened in cadrage from a retained candidature; the notification of the first contract starts it;
holding the last in-situ atelier brings it to restitution; the pilot opens the follow-up once the
restitution séance is held, and closes it at the end. It may be abandoned before the follow-up.
"""

from ateliers.parcours.choix import EtatAtelier as E
from socle.transitions import Cycle, Transition

CYCLE_ATELIER = Cycle(
    "l’atelier",
    [
        Transition("demarrer", (E.CADRAGE,), E.EN_COURS, "Démarrer l’atelier"),
        Transition("passer_en_restitution", (E.EN_COURS,), E.RESTITUTION, "Passer en restitution"),
        Transition("ouvrir_suivi", (E.RESTITUTION,), E.SUIVI, "Ouvrir le suivi"),
        Transition("clore", (E.SUIVI,), E.CLOS, "Clore l’atelier"),
        Transition(
            "abandonner",
            (E.CADRAGE, E.EN_COURS, E.RESTITUTION),
            E.ABANDONNE,
            "Abandonner l’atelier",
            motif_requis=True,
        ),
    ],
)
