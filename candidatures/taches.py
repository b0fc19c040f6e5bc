"""What waits on somebody in this app; the dashboard collects it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from candidatures.dossiers.domaine import taches as dossiers
from socle.interface.taches import Tache


def _salles():
    salles = [dossiers]
    if find_spec("candidatures.instruction.domaine.taches"):
        salles.append(import_module("candidatures.instruction.domaine.taches"))
    return salles


def a_traiter(utilisateur) -> list[Tache]:
    return [tache for salle in _salles() for tache in salle.a_traiter(utilisateur)]


def a_venir(utilisateur) -> list[Tache]:
    return [tache for salle in _salles() for tache in salle.a_venir(utilisateur)]
