"""Signed links are to their reader alone: whoever else reads the mail sees that there was one."""

from __future__ import annotations

import re

from django.conf import settings

from socle.erreurs import ErreurMetier

MASQUE = "[lien personnel masqué]"
_URL = re.compile(r"https?://[^\s<>\"]+")
_SECRET = re.compile(
    r"[^:/?&=]+(?::[\w-]+)*:[\w-]{20,}"  # django.core.signing
    r"|[0-9a-z]{5,8}-[0-9a-f]{32,}"  # links to a new password
    r"|(?=[\w-]*[A-Z])(?=[\w-]*[0-9])[\w-]{32,}"  # secrets.token_urlsafe
)


def _sans_secret(trouve) -> str:
    morceaux = re.split(r"[/?&=]", trouve[0].partition("://")[2].rstrip(".,;)"))[1:]
    return MASQUE if any(_SECRET.fullmatch(m) for m in morceaux) else trouve[0]


def masquer(texte: str) -> str:
    return _URL.sub(_sans_secret, texte)


def demasquer(texte: str, original: str) -> str:
    """A corrected text, its hidden links put back: each where its mark was left, in their order."""
    secrets = [url for url in _URL.findall(original) if masquer(url) != url]
    if texte.count(MASQUE) != len(secrets):
        raise ErreurMetier(
            f"Laissez « {MASQUE} » là où il figurait, sans l’ajouter ailleurs : il tient la place "
            "du lien de cette personne.",
            champ="corps",
        )
    for lien in secrets:
        texte = texte.replace(MASQUE, lien, 1)
    return texte


def masquer_fichier(contenu: bytes, mime: str) -> bytes:
    """The same for the diary entry that is joined; a PDF bears no link of this kind."""
    if not mime.startswith("text/"):
        return contenu
    deplie = re.sub(rb"\r\n[ \t]", b"", contenu)
    return masquer(deplie.decode()).encode()


def masque_pour(utilisateur, courriel) -> bool:
    """A demonstration plays every part: there the links stay."""
    return not settings.DEMO and courriel.destinataire.lower() != utilisateur.email.lower()
