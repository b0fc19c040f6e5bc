from socle.comptes.models.organisme import Organisme
from socle.comptes.models.utilisateur import Utilisateur

__all__ = ["Organisme", "Utilisateur"]
