from ateliers.contributions.models.apparition import ApparitionPhoto
from ateliers.contributions.models.contribution import Contribution

__all__ = ["ApparitionPhoto", "Contribution"]
