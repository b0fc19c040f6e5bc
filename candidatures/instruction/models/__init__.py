from candidatures.instruction.models.avis import Avis
from candidatures.instruction.models.complement import DemandeComplement, ElementComplement
from candidatures.instruction.models.decision import (
    Decision,
    PublicationDecisions,
    Reorientation,
)
from candidatures.instruction.models.evaluation import Evaluation, NoteCritere

__all__ = [
    "Avis",
    "Decision",
    "DemandeComplement",
    "ElementComplement",
    "Evaluation",
    "NoteCritere",
    "PublicationDecisions",
    "Reorientation",
]
