"""The life of a national publication: composed by the DGALN, then published once."""

from restitution.national.choix import EtatPublication
from socle.transitions import Cycle, Transition

CYCLE = Cycle(
    "la publication",
    [
        Transition("publier", (EtatPublication.BROUILLON,), EtatPublication.PUBLIEE, "Publier"),
        Transition(
            "depublier",
            (EtatPublication.PUBLIEE,),
            EtatPublication.BROUILLON,
            "Retirer de la publication",
            motif_requis=True,
        ),
    ],
)
