from ateliers.sites.models.hypothese import Hypothese, SiteDemonstrateur

__all__ = ["Hypothese", "SiteDemonstrateur"]
