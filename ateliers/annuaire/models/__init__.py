from ateliers.annuaire.models.personne import Mandat, Personne

__all__ = ["Mandat", "Personne"]
