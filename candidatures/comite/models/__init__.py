from candidatures.comite.models.comite import Comite, MembreComite, Scenario
from candidatures.comite.models.deliberation import Deliberation, Vote

__all__ = ["Comite", "Deliberation", "MembreComite", "Scenario", "Vote"]
