from ateliers.parcours.models.atelier import Atelier

__all__ = ["Atelier"]
