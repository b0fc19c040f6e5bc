from socle.territoires.domaine.importation import importer, millesime_courant
from socle.territoires.domaine.perimetres import creer_perimetre, modifier_perimetre
from socle.territoires.domaine.recherche import Resultat, rechercher

__all__ = [
    "Resultat",
    "creer_perimetre",
    "importer",
    "millesime_courant",
    "modifier_perimetre",
    "rechercher",
]
