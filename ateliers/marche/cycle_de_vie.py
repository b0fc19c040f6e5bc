"""The règlement is written, fixed; offers arrive sealed; they are opened, analysed, one is kept.

Nothing goes back from the opening: criteria and weights cannot follow what the offers hold.
"""

from ateliers.marche.choix import EtatConsultation as E
from socle.transitions import Cycle, Transition

CYCLE_CONSULTATION = Cycle(
    "la consultation",
    [
        Transition("regler", (E.PREPARATION,), E.PREPARATION, "Écrire le règlement"),
        Transition("fixer", (E.PREPARATION,), E.RECUEIL, "Fixer le règlement"),
        Transition(
            "rouvrir_reglement",
            (E.RECUEIL,),
            E.PREPARATION,
            "Rouvrir le règlement",
            motif_requis=True,
        ),
        Transition("designer", (E.PREPARATION,), E.PREPARATION, "Désigner les analystes"),
        Transition("designer", (E.RECUEIL,), E.RECUEIL, "Désigner les analystes"),
        Transition("designer", (E.ANALYSE,), E.ANALYSE, "Désigner les analystes"),
        Transition("enregistrer", (E.RECUEIL,), E.RECUEIL, "Enregistrer une offre"),
        Transition(
            "reporter", (E.RECUEIL,), E.RECUEIL, "Reporter la remise des offres", motif_requis=True
        ),
        Transition("ouvrir", (E.RECUEIL,), E.ANALYSE, "Ouvrir les plis"),
        Transition("analyser", (E.ANALYSE,), E.ANALYSE, "Analyser les offres"),
        Transition("attribuer", (E.ANALYSE,), E.ATTRIBUEE, "Retenir l’équipe", motif_requis=True),
        Transition(
            "abandonner",
            (E.PREPARATION, E.RECUEIL, E.ANALYSE),
            E.SANS_SUITE,
            "Déclarer sans suite",
            motif_requis=True,
        ),
    ],
)
