"""The background map that an operator may place beside the product: an MBTiles file of images.

A file of raster tiles (IGN plan, orthophoto…) is read with the sqlite of the language, read-only;
nothing is fetched from anywhere. Without it, the outlines of the communes are the background.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

ZOOM_MAX = 22
SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}


class FondIllisible(Exception):
    """The file is not what the setting says it is; the sentence tells why."""


@dataclass(frozen=True)
class FondDePlan:
    chemin: str
    zoom_min: int
    zoom_max: int
    version: str
    credit: str


def _ouvrir(chemin: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(chemin)}?mode=ro&immutable=1", uri=True)


def mime(octets: bytes) -> str | None:
    """By its first bytes: an image, or nothing."""
    if octets[:4] == b"RIFF" and octets[8:12] != b"WEBP":
        return None
    return next((m for debut, m in SIGNATURES.items() if octets.startswith(debut)), None)


def lire_fond(chemin: str) -> FondDePlan:
    """Open it, check that it holds images, read its zooms."""
    try:
        etat = Path(chemin).stat()
        with closing(_ouvrir(chemin)) as base:
            zooms = base.execute("select min(zoom_level), max(zoom_level) from tiles").fetchone()
            une = base.execute("select tile_data from tiles limit 1").fetchone()
            noms = dict(base.execute("select name, value from metadata"))
    except (OSError, sqlite3.Error) as erreur:
        raise FondIllisible(f"Le fond de plan {chemin} ne peut pas être lu : {erreur}.") from None
    if une is None or mime(bytes(une[0])) is None:
        raise FondIllisible(f"Le fond de plan {chemin} ne contient pas d’images.")
    version = hashlib.sha256(f"{etat.st_mtime_ns}:{etat.st_size}".encode()).hexdigest()[:12]
    credit = settings.FOND_DE_PLAN_CREDIT or noms.get("attribution", "")
    return FondDePlan(chemin, zooms[0], min(zooms[1], ZOOM_MAX), version, credit)


@lru_cache(maxsize=4)
def _fond(chemin: str, _mtime: int) -> FondDePlan | None:
    try:
        return lire_fond(chemin)
    except FondIllisible:
        return None  # told by the checks at start; the outlines remain


def fond_de_plan() -> FondDePlan | None:
    """What the settings declare; None when nothing is, or when it cannot be read."""
    chemin = settings.FOND_DE_PLAN
    if not chemin:
        return None
    try:
        return _fond(chemin, Path(chemin).stat().st_mtime_ns)
    except OSError:
        return None


def tuile(z: int, x: int, y: int) -> tuple[bytes, str] | None:
    """Image and type at the web address z/x/y; MBTiles counts rows from the south."""
    fond = fond_de_plan()
    if fond is None or not fond.zoom_min <= z <= fond.zoom_max or max(x, y) >= 1 << z:
        return None
    with closing(_ouvrir(fond.chemin)) as base:
        ligne = base.execute(
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?",
            (z, x, (1 << z) - 1 - y),
        ).fetchone()
    octets = bytes(ligne[0]) if ligne else b""
    genre = mime(octets)
    return (octets, genre) if genre else None
