from ateliers.budget.models.execution import Depense, Jalon, OrdreService
from ateliers.budget.models.jours import JoursEquipe
from ateliers.budget.models.piece import PieceContrat

__all__ = ["Depense", "Jalon", "JoursEquipe", "OrdreService", "PieceContrat"]
