"""The vintage of the official geography that is in force."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

from django.db.models import Max

from socle.territoires.models import Millesime

FICHIER = Path(__file__).resolve().parent.parent / "donnees" / "cog.json.gz"


def lire_json(chemin: Path) -> dict:
    """Gzip or not."""
    octets = Path(chemin).read_bytes()
    return json.loads(gzip.decompress(octets) if octets[:2] == b"\x1f\x8b" else octets)


def lire_fichier(chemin: Path) -> dict:
    cog = lire_json(chemin)
    # A file made before the SIREN was kept has six columns.
    cog["communes"] = [[*c, ""][:7] for c in cog["communes"]]
    return cog


@lru_cache(maxsize=1)
def lire_cog() -> dict:
    return lire_fichier(FICHIER)


def millesime_courant() -> int:
    """The newest vintage that was loaded; that of the committed file before the first load."""
    charge = Millesime.objects.aggregate(annee=Max("annee"))["annee"]
    return charge or lire_cog()["millesime"]
