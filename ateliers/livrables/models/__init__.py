from ateliers.livrables.models.livrable import CompteRendu, Livrable, VersionLivrable

__all__ = ["CompteRendu", "Livrable", "VersionLivrable"]
