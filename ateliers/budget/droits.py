"""Amounts stay between the State services; the programme's budget is DGALN's."""

from ateliers.cadrage.droits import peut_voir_contrats as peut_voir_budget
from socle.comptes.choix import Role

__all__ = ["peut_voir_budget", "peut_voir_programme"]


def peut_voir_programme(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active and utilisateur.role == Role.DGALN
