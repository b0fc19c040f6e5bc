from candidatures.instruction.models.avis import Avis, BrouillonAvis
from candidatures.instruction.models.complement import DemandeComplement, ElementComplement
from candidatures.instruction.models.decision import (
    Decision,
    MotifType,
    PublicationDecisions,
    Reorientation,
    Signataire,
)
from candidatures.instruction.models.deport import Deport, MandatElectif
from candidatures.instruction.models.etiquette import Etiquette, PoseEtiquette
from candidatures.instruction.models.evaluation import Evaluation, NoteCritere
from candidatures.instruction.models.invitation import InvitationEvaluateur
from candidatures.instruction.models.lecture import (
    NoteMarge,
    ProfilEvaluateur,
    Tirage,
)
from candidatures.instruction.models.lot import Lot
from candidatures.instruction.models.masque import NomsMasques
from candidatures.instruction.models.phase import PhaseInstruction
from candidatures.instruction.models.relance import RelanceAvis

__all__ = [
    "InvitationEvaluateur",
    "Lot",
    "MotifType",
    "Signataire",
    "Avis",
    "BrouillonAvis",
    "Decision",
    "DemandeComplement",
    "Deport",
    "ElementComplement",
    "Etiquette",
    "Evaluation",
    "MandatElectif",
    "NomsMasques",
    "NoteCritere",
    "PoseEtiquette",
    "NoteMarge",
    "PhaseInstruction",
    "ProfilEvaluateur",
    "PublicationDecisions",
    "RelanceAvis",
    "Reorientation",
    "Tirage",
]
