from socle.territoires.domaine.importation import importer
from socle.territoires.domaine.millesimes import millesime_courant
from socle.territoires.domaine.perimetres import (
    actualiser_perimetre,
    communes_du_perimetre,
    creer_perimetre,
    modifier_perimetre,
    remplacements,
)
from socle.territoires.domaine.recherche import Resultat, rechercher

__all__ = [
    "Resultat",
    "actualiser_perimetre",
    "communes_du_perimetre",
    "creer_perimetre",
    "importer",
    "millesime_courant",
    "modifier_perimetre",
    "rechercher",
    "remplacements",
]
