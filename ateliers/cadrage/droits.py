"""Cadrage is the pilot's work; contracts and amounts stay between the State services."""

from ateliers.parcours.droits import est_collectivite, peut_piloter
from socle.comptes.choix import Role


def peut_rediger_cahier(utilisateur, atelier) -> bool:
    """Pilot and collectivité write the cahier together; the team, once chosen, does not."""
    return peut_piloter(utilisateur, atelier) or est_collectivite(utilisateur, atelier)


def peut_voir_contrats(utilisateur, atelier) -> bool:
    """State services only: neither the team's rivals nor the collectivité read the amounts."""
    return peut_piloter(utilisateur, atelier) or utilisateur.role == Role.SERVICE_ETAT
