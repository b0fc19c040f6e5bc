from candidatures.instruction.models.avis import Avis
from candidatures.instruction.models.complement import DemandeComplement, ElementComplement
from candidatures.instruction.models.decision import (
    Decision,
    PublicationDecisions,
    Reorientation,
)
from candidatures.instruction.models.etiquette import Etiquette, PoseEtiquette
from candidatures.instruction.models.evaluation import Evaluation, NoteCritere

__all__ = [
    "Avis",
    "Decision",
    "DemandeComplement",
    "ElementComplement",
    "Etiquette",
    "Evaluation",
    "NoteCritere",
    "PoseEtiquette",
    "PublicationDecisions",
    "Reorientation",
]
