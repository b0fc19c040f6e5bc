"""Writing the déroulé is shared work; publishing it writes to people, in the pilot's name."""

from ateliers.parcours.droits import peut_contribuer, peut_piloter
from socle.comptes.choix import Role


def peut_ecrire(utilisateur, atelier) -> bool:
    return peut_contribuer(utilisateur, atelier)


def peut_publier(utilisateur, atelier) -> bool:
    return peut_piloter(utilisateur, atelier)


def peut_enregistrer_un_kit(utilisateur) -> bool:
    """Kits are national: the ministry keeps them."""
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)
