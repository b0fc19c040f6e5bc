from candidatures.comite.models.comite import Comite, MembreComite, Scenario
from candidatures.comite.models.deliberation import Deliberation, Vote
from candidatures.comite.models.rejet import PropositionRejetee
from candidatures.comite.models.reprise import DossierRepris

__all__ = [
    "Comite",
    "Deliberation",
    "DossierRepris",
    "MembreComite",
    "PropositionRejetee",
    "Scenario",
    "Vote",
]
