from socle.territoires.models.cadastre import CadastreCommune, ParcelleCadastrale
from socle.territoires.models.cog import Commune, Departement, Epci, Region
from socle.territoires.models.contour import ContourCommune
from socle.territoires.models.mouvement import EvenementCommune, Millesime
from socle.territoires.models.perimetre import EtatPerimetre, Perimetre, ZoneLibre, dire_lieu

__all__ = [
    "CadastreCommune",
    "ParcelleCadastrale",
    "Commune",
    "ContourCommune",
    "Departement",
    "Epci",
    "EtatPerimetre",
    "EvenementCommune",
    "Millesime",
    "Perimetre",
    "Region",
    "ZoneLibre",
    "dire_lieu",
]
