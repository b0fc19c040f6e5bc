from ateliers.seances.models.seance import Glissement, Seance, Sequence

__all__ = ["Glissement", "Seance", "Sequence"]
