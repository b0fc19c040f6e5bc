"""Links that upper rooms add to the header of every page of a dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_FOURNISSEURS: list[Callable] = []


@dataclass(frozen=True)
class Lien:
    libelle: str
    url: str
    nombre: int = 0


def declarer_liens(fonction: Callable) -> Callable:
    """`fonction(utilisateur, candidature)` gives a list of `Lien`; may query once."""
    if fonction not in _FOURNISSEURS:
        _FOURNISSEURS.append(fonction)
    return fonction


def liens(utilisateur, candidature) -> list[Lien]:
    return [lien for fonction in _FOURNISSEURS for lien in fonction(utilisateur, candidature)]
