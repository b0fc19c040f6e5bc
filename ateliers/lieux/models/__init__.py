from ateliers.lieux.models.lieu import Lieu

__all__ = ["Lieu"]
