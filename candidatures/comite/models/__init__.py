from candidatures.comite.models.comite import Comite, MembreComite, Scenario
from candidatures.comite.models.deliberation import Deliberation, Vote
from candidatures.comite.models.rejet import PropositionRejetee

__all__ = ["Comite", "Deliberation", "MembreComite", "PropositionRejetee", "Scenario", "Vote"]
