from ateliers.programme.models.programme import Arret, KitSeance, VersionProgramme, Visite

__all__ = ["Arret", "KitSeance", "VersionProgramme", "Visite"]
