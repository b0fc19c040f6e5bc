"""Links that upper rooms add to the header of every page of a dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_FOURNISSEURS: list[Callable] = []
_ANNOTATIONS: list[Callable] = []


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


def declarer_annotations(fonction: Callable) -> Callable:
    """`fonction(utilisateur)` gives what its links read, brought along with the candidature."""
    if fonction not in _ANNOTATIONS:
        _ANNOTATIONS.append(fonction)
    return fonction


def annoter(candidatures, utilisateur):
    for fonction in _ANNOTATIONS:
        candidatures = candidatures.annotate(**fonction(utilisateur))
    return candidatures


def liens(utilisateur, candidature) -> list[Lien]:
    return [lien for fonction in _FOURNISSEURS for lien in fonction(utilisateur, candidature)]
