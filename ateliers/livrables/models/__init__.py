from ateliers.livrables.models.echeance import AlerteLivrable, DelaiLivrable
from ateliers.livrables.models.livrable import CompteRendu, Livrable, VersionLivrable

__all__ = ["AlerteLivrable", "CompteRendu", "DelaiLivrable", "Livrable", "VersionLivrable"]
