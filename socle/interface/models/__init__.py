from socle.interface.models.jeton import Jeton

__all__ = ["Jeton"]
