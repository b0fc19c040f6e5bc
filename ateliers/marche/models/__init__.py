from ateliers.marche.models.analyse import Fiche, NoteConsensus, NoteOffre
from ateliers.marche.models.consultation import (
    Analyste,
    Consultation,
    Critere,
)
from ateliers.marche.models.offre import FichierOffre, MembreOffre, Offre

__all__ = [
    "Analyste",
    "Consultation",
    "Critere",
    "Fiche",
    "FichierOffre",
    "MembreOffre",
    "NoteConsensus",
    "NoteOffre",
    "Offre",
]
