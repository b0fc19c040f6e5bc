"""The procedure of a candidature, whole.

A DDT and a collectivité write a brouillon together and deposit it. DGALN declares it recevable or
irrecevable, or asks for compléments (the dossier comes back to the candidates, then is deposited
again). A recevable one is evaluated; decisions are prepared, then published in one act: they
preselect, retain, refuse (with a reason) or reorient to another dispositif. The candidates may
withdraw until a final decision is published.

`deposer`, `completer` and `retirer` are verbs of this room; the others belong to `instruction`.
"""

from candidatures.dossiers.choix import EtatCandidature as E
from socle.transitions import Cycle, Transition

EN_INSTRUCTION = (E.DEPOSEE, E.A_COMPLETER, E.RECEVABLE, E.EN_EVALUATION, E.PRESELECTIONNEE)
MODIFIABLES = (E.BROUILLON, E.A_COMPLETER)
FINAUX = (E.IRRECEVABLE, E.RETENUE, E.NON_RETENUE, E.REORIENTEE, E.RETIREE)
EN_DECISION = (E.EN_EVALUATION, E.PRESELECTIONNEE)
# A dossier in reserve is no longer read, but one more decision may come.
DECIDABLES = (*EN_DECISION, E.EN_RESERVE)

CYCLE_CANDIDATURE = Cycle(
    "la candidature",
    [
        Transition("deposer", (E.BROUILLON,), E.DEPOSEE, "Déposer la candidature"),
        Transition("completer", (E.A_COMPLETER,), E.DEPOSEE, "Transmettre les compléments"),
        Transition("declarer_recevable", (E.DEPOSEE,), E.RECEVABLE, "Déclarer recevable"),
        Transition(
            "declarer_irrecevable",
            (E.DEPOSEE,),
            E.IRRECEVABLE,
            "Déclarer irrecevable",
            motif_requis=True,
        ),
        Transition(
            "demander_complements",
            (E.DEPOSEE, E.RECEVABLE),
            E.A_COMPLETER,
            "Demander des compléments",
            motif_requis=True,
        ),
        Transition(
            "retirer_complements",
            (E.A_COMPLETER,),
            E.DEPOSEE,
            "Retirer la demande de compléments",
            motif_requis=True,
        ),
        Transition("mettre_en_evaluation", (E.RECEVABLE,), E.EN_EVALUATION, "Mettre en évaluation"),
        Transition("preselectionner", (E.EN_EVALUATION,), E.PRESELECTIONNEE, "Présélectionner"),
        Transition("mettre_en_reserve", EN_DECISION, E.EN_RESERVE, "Inscrire en réserve"),
        Transition("retenir", DECIDABLES, E.RETENUE, "Retenir"),
        Transition(
            "ne_pas_retenir", DECIDABLES, E.NON_RETENUE, "Ne pas retenir", motif_requis=True
        ),
        Transition(
            "reorienter",
            (E.DEPOSEE, E.RECEVABLE, *EN_DECISION),
            E.REORIENTEE,
            "Réorienter vers un autre dispositif",
            motif_requis=True,
        ),
        Transition(
            "retirer",
            (E.BROUILLON, *EN_INSTRUCTION, E.EN_RESERVE),
            E.RETIREE,
            "Retirer la candidature",
            motif_requis=True,
        ),
        Transition(
            "constater_desistement",
            (E.RETENUE,),
            E.RETIREE,
            "Constater le désistement",
            motif_requis=True,
        ),
    ],
)
