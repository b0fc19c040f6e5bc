from ateliers.contributions.models.contribution import Contribution

__all__ = ["Contribution"]
