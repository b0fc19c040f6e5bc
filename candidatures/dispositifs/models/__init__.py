from candidatures.dispositifs.models.dispositif import (
    Dispositif,
    EtapeType,
    LivrableType,
    PieceRequise,
    Theme,
)
from candidatures.dispositifs.models.kit import Kit, VersionKit
from candidatures.dispositifs.models.programme import LaureatProgramme, ProgrammeEtat
from candidatures.dispositifs.models.zonage import Zonage

__all__ = [
    "Dispositif",
    "EtapeType",
    "Kit",
    "LaureatProgramme",
    "LivrableType",
    "PieceRequise",
    "ProgrammeEtat",
    "Theme",
    "VersionKit",
    "Zonage",
]
