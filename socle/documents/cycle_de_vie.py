"""A document is asked for, made by the worker, then ready, or failed and asked for again.

`commencer` from « en cours » is the worker that died and whose task came back.
"""

from socle.documents.choix import EtatDocument as E
from socle.transitions import Cycle, Transition

CYCLE = Cycle(
    "ce document",
    [
        Transition("commencer", (E.DEMANDE, E.EN_COURS), E.EN_COURS, "Commencer"),
        Transition("terminer", (E.EN_COURS,), E.PRET, "Terminer"),
        Transition("echouer", (E.DEMANDE, E.EN_COURS), E.ECHEC, "Échouer"),
        Transition("relancer", (E.ECHEC,), E.DEMANDE, "Relancer"),
    ],
)
