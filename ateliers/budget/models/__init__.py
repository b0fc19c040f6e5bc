from ateliers.budget.models.execution import Depense, Jalon, OrdreService
from ateliers.budget.models.jours import JoursEquipe

__all__ = ["Depense", "Jalon", "JoursEquipe", "OrdreService"]
