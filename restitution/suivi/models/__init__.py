from restitution.suivi.models.suivi import ConstatAvancement, PointEtape, Suite

__all__ = ["ConstatAvancement", "PointEtape", "Suite"]
