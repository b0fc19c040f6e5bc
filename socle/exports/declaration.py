"""An export is a declaration of its app: columns, rows, who may ask for it.

Rights are read twice: `objets` gives what the person sees when the file is made, and
`tous_visibles` is asked again at each download.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_DECLARES: dict[str, DeclarationExport] = {}


@dataclass(frozen=True)
class ColonneExport:
    cle: str
    libelle: str
    par_defaut: bool = True


@dataclass(frozen=True)
class Feuille:
    """A sheet: rows are read one by one, never gathered."""

    titre: str
    entetes: list[str]
    lignes: Iterable[Iterable[Any]]


@dataclass(frozen=True)
class Demande:
    """What was asked for, given to the declaration’s functions."""

    utilisateur: Any
    parametres: str
    colonnes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    objets: tuple[int, ...] = ()


@dataclass(frozen=True)
class DeclarationExport:
    """`options`: (key, label) of what is added on demand; `fichiers` yields (path, open file).

    `toujours`: columns that the list shows without their being chosen. `decrire`: the list and its
    filters in words; `unite`: what `objets` counts; `listes`: (name, address) of where one asks.
    """

    cle: str
    titre: str
    visible: Callable[[Any], bool]
    colonnes: Callable[[Any], list[ColonneExport]]
    objets: Callable[[Demande], list[int]]
    tous_visibles: Callable[[Any, list[int]], bool]
    feuilles: Callable[[Demande], Iterator[Feuille]]
    options: Callable[[Any], list[tuple[str, str]]] = field(default=lambda utilisateur: [])
    fichiers: Callable[[Demande], Iterator[tuple[str, Any]]] | None = None
    toujours: tuple[str, ...] = ()
    decrire: Callable[[Demande], str] = field(default=lambda demande: "")
    unite: str = "ligne"
    listes: Callable[[Any], list[tuple[str, str]]] = field(default=lambda utilisateur: [])


def declarer(declaration: DeclarationExport) -> DeclarationExport:
    if declaration.cle in _DECLARES:
        raise ValueError(f"export déclaré deux fois : {declaration.cle}")
    _DECLARES[declaration.cle] = declaration
    return declaration


def declaration(cle: str) -> DeclarationExport:
    return _DECLARES[cle]


def declarations() -> dict[str, DeclarationExport]:
    return dict(_DECLARES)
