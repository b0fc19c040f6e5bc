from socle.comptes.models.invitation import Invitation
from socle.comptes.models.organisme import Organisme
from socle.comptes.models.utilisateur import Utilisateur

__all__ = ["Invitation", "Organisme", "Utilisateur"]
