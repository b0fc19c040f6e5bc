"""Offers stay between the State services: never the team, its rivals, nor the collectivité."""

from ateliers.cadrage.droits import peut_voir_contrats
from ateliers.marche.choix import EtatConsultation
from ateliers.parcours.droits import peut_piloter
from socle.comptes.choix import Role

OUVERTS = (EtatConsultation.ANALYSE, EtatConsultation.ATTRIBUEE, EtatConsultation.SANS_SUITE)


def peut_voir_marche(utilisateur, atelier) -> bool:
    """The page itself: règlement, register of sealed offers (never their content)."""
    return peut_voir_contrats(utilisateur, atelier)


def peut_lire_offre(utilisateur, offre) -> bool:
    """Nobody before the opening act, whatever the role; then the State services."""
    return offre.ouverte_le is not None and peut_voir_marche(
        utilisateur, offre.consultation.atelier
    )


def est_analyste(utilisateur, consultation) -> bool:
    return consultation.analystes.filter(personne=utilisateur.pk).exists()


def peut_lire_analyses(utilisateur, offre) -> bool:
    """An analyst reads the others' notes once their own are handed in."""
    if not peut_lire_offre(utilisateur, offre):
        return False
    if not est_analyste(utilisateur, offre.consultation):
        return True
    return offre.fiches.filter(analyste=utilisateur.pk, rendue_le__isnull=False).exists()


def peut_etre_analyste(utilisateur) -> bool:
    return utilisateur.is_active and utilisateur.role in (Role.DGALN, Role.SERVICE_ETAT)


__all__ = [
    "est_analyste",
    "peut_etre_analyste",
    "peut_lire_analyses",
    "peut_lire_offre",
    "peut_piloter",
    "peut_voir_marche",
]
