"""The grid of an appel as a reviewer reads it: each criterion with its six levels in words."""

from __future__ import annotations

from dataclasses import dataclass

from candidatures.appels.domaine.grilles import ancres_de
from candidatures.appels.models import Appel


@dataclass(frozen=True)
class CritereLu:
    pk: int
    libelle: str
    aide: str
    poids: int
    ancres: tuple[tuple[int, str], ...]


def criteres_de(appel: Appel) -> list[CritereLu]:
    if appel.grille_id is None:
        return []
    criteres = appel.grille.criteres.all()
    return [CritereLu(c.pk, c.libelle, c.aide, c.poids, tuple(ancres_de(c))) for c in criteres]
