"""The frozen reading of a national publication."""

from restitution.engagement.lecture import FeuilleLue, TerritoireLu
from socle.documents.declaration import ContexteFige


class CarnetLu(ContexteFige):
    """One site's chapter; `feuille` is None while its feuille de route is not official."""

    id: int
    numero: int
    chapeau: tuple[str, ...]
    territoire: TerritoireLu
    feuille: FeuilleLue | None


class EnseignementLu(ContexteFige):
    id: int
    titre: str
    theme: str
    texte: tuple[str, ...]
    ateliers: str


class RencontreLue(ContexteFige):
    titre: str
    date: str
    lieu: str
    participants: str
    programme: tuple[str, ...]


class PublicationLue(ContexteFige):
    titre: str
    sous_titre: str
    date: str
    avant_propos: tuple[str, ...]
    carnets: tuple[CarnetLu, ...]
    enseignements: tuple[EnseignementLu, ...]
    rencontre: RencontreLue | None
    courbes: tuple[str, ...]
