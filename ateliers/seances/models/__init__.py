from ateliers.seances.models.occupation import Occupation, RegleConflit
from ateliers.seances.models.seance import Glissement, Seance, Sequence

__all__ = ["Glissement", "Occupation", "RegleConflit", "Seance", "Sequence"]
