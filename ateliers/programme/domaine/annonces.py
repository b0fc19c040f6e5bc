"""What a guest reads of the déroulé: the last published version, without what is restricted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from ateliers.programme.domaine.differences import POUR_TOUS
from ateliers.programme.domaine.versions import derniere
from socle.interface.templatetags.interface import heure


@dataclass(frozen=True)
class SequenceAnnoncee:
    jour: int
    debut: time
    titre: str
    lieu: str

    @property
    def quand(self) -> str:
        jour = f"Jour {self.jour}, " if self.jour > 1 else ""
        return f"{jour}{heure(self.debut)}"


def sequences_annoncees(seance) -> list[SequenceAnnoncee]:
    """Nothing before the first publication: a draft is nobody's programme."""
    version = derniere(seance)
    return [
        SequenceAnnoncee(s["jour"], time.fromisoformat(s["debut"]), s["titre"], s["lieu"])
        for s in (version.contenu if version else [])
        if s["public"] in POUR_TOUS
    ]
