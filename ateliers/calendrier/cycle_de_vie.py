"""A search is asked, runs, then ends; only a ready one is kept.

Stopping is always possible: what was found before is kept.
"""

from ateliers.calendrier.choix import EtatDemande as E
from socle.transitions import Cycle, Transition

CYCLE_DEMANDE = Cycle(
    "la recherche",
    [
        Transition("commencer", (E.DEMANDE,), E.EN_COURS, "Commencer"),
        Transition("proposer", (E.EN_COURS,), E.PRET, "Proposer"),
        Transition("conclure", (E.EN_COURS,), E.IMPOSSIBLE, "Conclure"),
        Transition("garder", (E.EN_COURS,), E.PRET, "Garder ce qui est trouvé"),
        Transition("arreter", (E.DEMANDE, E.EN_COURS), E.ARRETEE, "Arrêter la recherche"),
        Transition("echouer", (E.DEMANDE, E.EN_COURS), E.ECHEC, "Échouer"),
        Transition("retenir", (E.PRET,), E.PRET, "Retenir ce calendrier"),
    ],
)
