"""What waits on somebody in this app; the dashboard collects it."""

from __future__ import annotations

from candidatures.comite.domaine import taches as comite
from candidatures.dossiers.domaine import taches as dossiers
from candidatures.dossiers.domaine.taches_visas import a_viser
from candidatures.instruction.domaine import taches as instruction
from socle.interface.taches import Tache


def a_traiter(utilisateur) -> list[Tache]:
    """The dossiers, their instruction, then the sittings."""
    lues = (
        dossiers.a_traiter(utilisateur) + a_viser(utilisateur) + instruction.a_traiter(utilisateur)
    )
    return lues + comite.a_traiter(utilisateur)


def a_venir(utilisateur) -> list[Tache]:
    return dossiers.a_venir(utilisateur) + instruction.a_venir(utilisateur)
