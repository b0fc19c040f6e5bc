from ateliers.cadrage.models.accord import AccordCadre
from ateliers.cadrage.models.cahier import AppelEquipes, CahierDesCharges, SectionCahier
from ateliers.cadrage.models.competence import CompetenceDemandee, CompetenceType
from ateliers.cadrage.models.contrat import Avenant, Contrat, LigneBudget
from ateliers.cadrage.models.equipe import Equipe, MembreEquipe

__all__ = [
    "AccordCadre",
    "AppelEquipes",
    "Avenant",
    "CahierDesCharges",
    "CompetenceDemandee",
    "CompetenceType",
    "Contrat",
    "Equipe",
    "LigneBudget",
    "MembreEquipe",
    "SectionCahier",
]
