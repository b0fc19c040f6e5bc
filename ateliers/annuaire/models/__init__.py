from ateliers.annuaire.models.organisme import OrganismeAnnuaire
from ateliers.annuaire.models.personne import Mandat, Personne

__all__ = ["Mandat", "OrganismeAnnuaire", "Personne"]
