from restitution.feuilles.models.action import Action
from restitution.feuilles.models.feuille import Axe, FeuilleDeRoute

__all__ = ["Action", "Axe", "FeuilleDeRoute"]
