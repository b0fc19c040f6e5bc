"""The main menu, by role. An entry whose address does not exist yet is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import Resolver404, resolve

TOUS = ("dgaln", "service_etat", "collectivite", "equipe", "evaluateur", "partenaire")


@dataclass(frozen=True)
class Entree:
    libelle: str
    chemin: str
    roles: tuple[str, ...] = TOUS
    public: bool = False
    demonstration: tuple[str, ...] = ()
    aussi: str = ""  # addresses of its pages that do not begin like it
    parfois: tuple[str, ...] = ()  # roles that have it when its `CONDITIONS` say so
    court: str = ""  # for those who work here every day: their menu holds on one line


# The pages of a dossier where the DGALN acts on it.
PAGES_D_INSTRUCTION = (
    r"^/candidatures/[^/]+/(?:instruction|recevable|irrecevable|complements|evaluateurs|avis|"
    r"mettre-en-evaluation|deports|etiquettes|decision/preparer|reorienter|desistement)/"
)
ENTREES = (
    Entree("Accueil", "/", roles=(), public=True),
    Entree("Tableau de bord", "/tableau-de-bord/"),
    Entree("Appels à candidatures", "/appels/", public=True, court="Appels"),
    Entree(
        "Candidatures",
        "/candidatures/",
        ("dgaln", "service_etat", "collectivite", "partenaire"),
        parfois=("equipe",),  # an evaluator finds theirs under « Évaluations »
    ),
    Entree("Instruction", "/instruction/", ("dgaln",), aussi=PAGES_D_INSTRUCTION),
    Entree("Évaluations", "/evaluations/", ("evaluateur",)),
    Entree("Avis", "/avis/", ("service_etat",)),
    Entree("Ateliers", "/ateliers/", public=True),
    Entree("Annuaire", "/annuaire/", ("dgaln", "service_etat")),
    Entree("Calendrier", "/calendrier/", ("dgaln", "service_etat", "collectivite", "equipe")),
    Entree("Feuilles de route", "/feuilles-de-route/", public=True),
    Entree("National", "/national/", ("dgaln",)),
    Entree("Budget", "/budget/", ("dgaln",)),
    # In demonstration nothing is really sent: each member of the cast reads their mail here.
    Entree("Courriels", "/courriels/", ("dgaln",), demonstration=TOUS),
    Entree("Publications", "/publications/", public=True),
    Entree("Kits", "/kits/", public=True),
)


# {address: function(user) -> bool}: the rooms above say who finds something there. Asked only for
# the roles that an entry names in `parfois`: the menu of the others costs no query.
CONDITIONS: dict[str, Callable] = {}


@lru_cache(maxsize=64)
def existe(chemin: str) -> bool:
    try:
        resolve(chemin)
    except Resolver404:
        return False
    return True


def _actif(chemin: str, courant: str) -> bool:
    return courant == "/" if chemin == "/" else courant.startswith(chemin)


def _actives(ouvertes: list[Entree], courant: str) -> set[str]:
    """One entry at most: the one that says the page is its own comes before the address."""
    siennes = [e.chemin for e in ouvertes if e.aussi and re.search(e.aussi, courant)]
    return set(siennes) or {e.chemin for e in ouvertes if _actif(e.chemin, courant)}


def _ouverte(entree: Entree, utilisateur, demonstration: bool) -> bool:
    if utilisateur is None:
        return entree.public
    role = utilisateur.role
    if role in entree.roles or (demonstration and role in entree.demonstration):
        return True
    return role in entree.parfois and CONDITIONS[entree.chemin](utilisateur)


def entrees(utilisateur, courant: str, demonstration: bool = False) -> list[dict]:
    """Entries for this person (None: nobody is signed in), the current one marked."""
    ouvertes = [e for e in ENTREES if existe(e.chemin) and _ouverte(e, utilisateur, demonstration)]
    actives = _actives(ouvertes, courant)
    return [
        {
            "libelle": (utilisateur and e.court) or e.libelle,
            "chemin": e.chemin,
            "actif": e.chemin in actives,
        }
        for e in ouvertes
    ]
