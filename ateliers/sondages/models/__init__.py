from ateliers.sondages.models.sondage import Creneau, ReponseCreneau, Sondage, Sonde

__all__ = ["Creneau", "Sondage", "Sonde", "ReponseCreneau"]
