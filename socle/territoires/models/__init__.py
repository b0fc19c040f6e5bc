from socle.territoires.models.cog import Commune, Departement, Epci, Region
from socle.territoires.models.perimetre import Perimetre, ZoneLibre

__all__ = ["Commune", "Departement", "Epci", "Perimetre", "Region", "ZoneLibre"]
