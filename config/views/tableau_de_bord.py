"""Home after sign-in: what waits on me, what is late, what comes in 30 days."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.shortcuts import render
from django.views.decorators.http import require_safe

from socle.interface.domaine import reprise
from socle.interface.taches import Tache, ordre

APPLICATIONS = ("candidatures", "ateliers", "restitution")
HORIZON_JOURS = 30


def _modules():
    return [import_module(f"{app}.taches") for app in APPLICATIONS if find_spec(f"{app}.taches")]


def _lire(module, utilisateur) -> tuple[list[Tache], list[Tache]]:
    """`tout` gives both at once, where both are read from the same rows."""
    if hasattr(module, "tout"):
        return module.tout(utilisateur)
    return module.a_traiter(utilisateur), module.a_venir(utilisateur)


def ranger(a_traiter: list[Tache], a_venir: list[Tache]) -> dict[str, list[Tache]]:
    """Each task in one section only, the nearest deadline first."""
    sections = {"attente": [], "retard": [], "venir": []}
    for tache in a_traiter:
        sections["retard" if tache.en_retard else "attente"].append(tache)
    for tache in a_venir:
        jours = tache.jours_restants
        if tache.en_retard:
            sections["retard"].append(tache)
        elif jours is not None and jours <= HORIZON_JOURS:
            sections["venir"].append(tache)
    return {cle: sorted(taches, key=ordre) for cle, taches in sections.items()}


def _prochaine(tache: Tache) -> bool:
    """Due in the coming days, as one reads in what waits: « no deadline » would contradict it."""
    return tache.jours_restants is not None and tache.jours_restants <= HORIZON_JOURS


@require_safe
def tableau_de_bord(request):
    paires = [_lire(module, request.user) for module in _modules()]
    sections = ranger(
        [t for a_traiter, _ in paires for t in a_traiter],
        [t for _, a_venir in paires for t in a_venir],
    )
    nombres = {cle: sum(t.nombre for t in taches) for cle, taches in sections.items()}
    plus = {cle: any(t.plus for t in taches) for cle, taches in sections.items()}
    contexte = sections | {"nombres": nombres, "plus": plus}
    contexte["datees"] = sum(_prochaine(tache) for tache in sections["attente"])
    contexte |= {"saisie_perdue": reprise.lire(request) is not None}
    return render(request, "config/tableau_de_bord.html", contexte)
