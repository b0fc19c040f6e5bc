from ateliers.cadrage.models.accord import AccordCadre
from ateliers.cadrage.models.cahier import (
    AppelEquipes,
    CahierDesCharges,
    RevisionSection,
    SectionCahier,
)
from ateliers.cadrage.models.clause import Clause, VersionClause
from ateliers.cadrage.models.competence import CompetenceDemandee, CompetenceType
from ateliers.cadrage.models.contrat import Avenant, Contrat, LigneBudget
from ateliers.cadrage.models.equipe import Equipe, MembreEquipe
from ateliers.cadrage.models.invitation import InvitationEquipe
from ateliers.cadrage.models.version import RelanceVisa, VersionCahier, VisaCahier
from ateliers.cadrage.models.visa import DelegationVisa, EtapeVisa, TitulaireVisa

__all__ = [
    "AccordCadre",
    "AppelEquipes",
    "Avenant",
    "CahierDesCharges",
    "Clause",
    "CompetenceDemandee",
    "CompetenceType",
    "Contrat",
    "DelegationVisa",
    "Equipe",
    "EtapeVisa",
    "InvitationEquipe",
    "LigneBudget",
    "MembreEquipe",
    "RelanceVisa",
    "RevisionSection",
    "SectionCahier",
    "TitulaireVisa",
    "VersionCahier",
    "VersionClause",
    "VisaCahier",
]
