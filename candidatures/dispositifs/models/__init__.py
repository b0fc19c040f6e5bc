from candidatures.dispositifs.models.dispositif import (
    Dispositif,
    EtapeType,
    LivrableType,
    PieceRequise,
    Theme,
)
from candidatures.dispositifs.models.kit import Kit, VersionKit

__all__ = [
    "Dispositif",
    "EtapeType",
    "Kit",
    "LivrableType",
    "PieceRequise",
    "Theme",
    "VersionKit",
]
