from candidatures.dossiers.models.candidature import Candidature, Portage
from candidatures.dossiers.models.coauteur import CoAuteur, Mandat, VisaPorteur
from candidatures.dossiers.models.contenu import (
    ActeurAMobiliser,
    ProjetEnCours,
    RessourcePropre,
    Rubrique,
    SchemaPlanification,
    SectionNote,
)
from candidatures.dossiers.models.copilotage import Copilotage
from candidatures.dossiers.models.designation import Designation
from candidatures.dossiers.models.emprise import Emprise
from candidatures.dossiers.models.importation import ImportCandidatures
from candidatures.dossiers.models.piece import Piece
from candidatures.dossiers.models.recherche import IndexRecherche, MotRecherche
from candidatures.dossiers.models.repere import Repere
from candidatures.dossiers.models.reponse import Reponse
from candidatures.dossiers.models.revision import RevisionChamp
from candidatures.dossiers.models.version import VersionNote

__all__ = [
    "ActeurAMobiliser",
    "Candidature",
    "Copilotage",
    "Designation",
    "Emprise",
    "IndexRecherche",
    "MotRecherche",
    "CoAuteur",
    "ImportCandidatures",
    "Mandat",
    "Piece",
    "VisaPorteur",
    "Portage",
    "ProjetEnCours",
    "Repere",
    "Reponse",
    "RessourcePropre",
    "RevisionChamp",
    "Rubrique",
    "SchemaPlanification",
    "SectionNote",
    "VersionNote",
]
