from ateliers.inscriptions.models.inscription import Inscription, Inscriptions, Quota

__all__ = ["Inscription", "Inscriptions", "Quota"]
