from restitution.national.models.national import (
    ChapitrePublication,
    Enseignement,
    Publication,
    RencontreNationale,
)

__all__ = ["ChapitrePublication", "Enseignement", "Publication", "RencontreNationale"]
