"""The declared documents: which template, which frozen context, who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

_DECLARATIONS: dict[str, DeclarationDocument] = {}


class ContexteFige(BaseModel):
    """Base of the contexts: frozen, and nothing undeclared slips in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class DeclarationDocument:
    """`contexte(objet)` gathers the frozen context; `visible(utilisateur, objet)` guards it.

    The template receives `contexte` (an instance of `modele`), `titre`, `empreinte` and
    `demande_le`. `precision` names the text of the context that tells it from its likes, the
    addressee of a letter. Images and fonts are named "static:path" or "media:path".
    """

    cle: str
    titre: str
    gabarit: str
    modele: type[BaseModel]
    contexte: Callable[[Any], BaseModel]
    visible: Callable[[Any, Any], bool]
    charger: Callable[[str], Any]
    nom_fichier: Callable[[Any], str]
    feuilles_style: tuple[str, ...] = ()
    precision: str = ""


def declarer(document: DeclarationDocument) -> DeclarationDocument:
    """Declare at import time. Raises ValueError when twice, or when the context can change."""
    if document.cle in _DECLARATIONS:
        raise ValueError(f"document déclaré deux fois : {document.cle}")
    if not document.modele.model_config.get("frozen"):
        raise ValueError(f"{document.cle} : {document.modele.__name__} doit être figé (frozen)")
    _DECLARATIONS[document.cle] = document
    return document


def declaration(cle: str) -> DeclarationDocument:
    return _DECLARATIONS[cle]


def declarations() -> dict[str, DeclarationDocument]:
    return dict(_DECLARATIONS)
