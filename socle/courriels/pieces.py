"""A file that is not made yet when its mail is written: it is fetched when the mail leaves.

The room that promises it declares where it comes from. What was sent is then kept with the mail.
"""

from __future__ import annotations

from collections.abc import Callable

from socle.courriels.models import PieceJointe
from socle.erreurs import ErreurMetier

_SOURCES: dict[str, Callable[[str], bytes | None]] = {}


PAS_PRETE = "Une pièce jointe n’est pas encore prête"


class PiecePasPrete(ErreurMetier):
    """The mail waits for it."""

    def __init__(self, nom: str):
        self.nom = nom
        super().__init__(f"« {nom} » est encore en cours de fabrication\u00a0: patientez un peu.")


def declarer_source(cle: str, contenu: Callable[[str], bytes | None]) -> Callable[[object], str]:
    """`contenu(identifiant)`: the file, or None while it is being made. Returns what names one."""
    _SOURCES[cle] = contenu
    return lambda identifiant: f"{cle}:{identifiant}"


def promettre(courriel, nom: str, mime: str, source: str) -> PieceJointe:
    return PieceJointe.objects.create(
        courriel=courriel, nom=nom, mime=mime, contenu=b"", source=source
    )


def contenu_de(piece: PieceJointe) -> bytes:
    if not piece.source or piece.contenu:
        return bytes(piece.contenu)
    cle, _, identifiant = piece.source.partition(":")
    contenu = _SOURCES[cle](identifiant)
    if contenu is None:
        raise PiecePasPrete(piece.nom)
    return contenu
