from ateliers.budget.models.execution import Depense, Jalon, OrdreService

__all__ = ["Depense", "Jalon", "OrdreService"]
