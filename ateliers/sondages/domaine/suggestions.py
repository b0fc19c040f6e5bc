"""What somebody's own diary suggests to answer: shown to them alone, sent by nobody but them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ateliers.agendas.domaine.intervalles import chevauche
from ateliers.agendas.domaine.occupes import horizon, lisibles, occupes
from ateliers.sondages.choix import Choix


@dataclass(frozen=True)
class Suggestion:
    choix: dict[int, str]  # créneau → yes or no
    lu_le: datetime


def _est(utilisateur, sonde) -> bool:
    if utilisateur.email.lower() == sonde.courriel.lower():
        return True
    participant = sonde.participant
    return participant is not None and participant.personne.utilisateur_id == utilisateur.pk


def suggerer(sonde, creneaux, utilisateur, deja) -> Suggestion | None:
    """The signed link is not enough: only the owner of the diary, signed in, reads from it.

    `deja`: what was answered already, never suggested again.
    """
    creneaux = [c for c in creneaux if c.pk not in deja]
    if not utilisateur.is_authenticated or not creneaux:
        return None
    if not _est(utilisateur, sonde):
        return None
    agenda = lisibles().filter(utilisateur=utilisateur, calendriers__lu=True).first()
    if agenda is None:
        return None
    debut, fin = min(c.debut for c in creneaux), max(c.fin for c in creneaux)
    pris = occupes([utilisateur.email], debut, fin).get(utilisateur.email.lower(), [])
    connus = [c for c in creneaux if c.fin <= horizon(agenda.succes_le)]
    choix = {c.pk: Choix.NON if chevauche(pris, c.debut, c.fin) else Choix.OUI for c in connus}
    return Suggestion(choix, agenda.succes_le) if choix else None
