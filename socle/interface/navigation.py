"""The main menu, by role. An entry whose address does not exist yet is left out."""

from __future__ import annotations

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
    court: str = ""  # for those who work here every day: their menu holds on one line


ENTREES = (
    Entree("Accueil", "/", roles=(), public=True),
    Entree("Tableau de bord", "/tableau-de-bord/"),
    Entree("Appels à candidatures", "/appels/", public=True, court="Appels"),
    Entree("Candidatures", "/candidatures/", ("dgaln", "service_etat", "collectivite")),
    Entree("Instruction", "/instruction/", ("dgaln",)),
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


@lru_cache(maxsize=64)
def existe(chemin: str) -> bool:
    try:
        resolve(chemin)
    except Resolver404:
        return False
    return True


def _actif(chemin: str, courant: str) -> bool:
    return courant == "/" if chemin == "/" else courant.startswith(chemin)


def _ouverte(entree: Entree, role: str | None, demonstration: bool) -> bool:
    if role is None:
        return entree.public
    return role in entree.roles or (demonstration and role in entree.demonstration)


def entrees(role: str | None, courant: str, demonstration: bool = False) -> list[dict]:
    """Entries for this role (None: nobody is signed in), the current one marked."""
    return [
        {
            "libelle": (role and e.court) or e.libelle,
            "chemin": e.chemin,
            "actif": _actif(e.chemin, courant),
        }
        for e in ENTREES
        if _ouverte(e, role, demonstration) and existe(e.chemin)
    ]
