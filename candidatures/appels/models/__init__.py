from candidatures.appels.models.appel import Appel, SessionNationale
from candidatures.appels.models.formulaire import Question, ReglagePiece, VersionFormulaire
from candidatures.appels.models.grille import Critere, Grille
from candidatures.appels.models.regle import RegleEligibilite

__all__ = [
    "Appel",
    "Critere",
    "Grille",
    "Question",
    "ReglagePiece",
    "RegleEligibilite",
    "SessionNationale",
    "VersionFormulaire",
]
