"""Days of instruction: from the deposit, less the days when the carriers were asked to complete.

Pure first: dates in, numbers out. A suspension runs from the day of the request to the day of the
answer; the day of the request itself still counts, the day of the answer does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.cycle_de_vie import FINAUX

Intervalle = tuple[date, date | None]


def suspendus(debut: date, fin: date, suspensions: Iterable[Intervalle]) -> int:
    """Days of ]debut, fin] covered by at least one suspension. Overlaps count once."""
    bornes = sorted(
        (max(a, debut), min(b or fin, fin))
        for a, b in suspensions
        if min(b or fin, fin) > max(a, debut)
    )
    total, jusque = 0, debut
    for a, b in bornes:
        total += max(0, (b - max(a, jusque)).days)
        jusque = max(jusque, b)
    return total


def jours_instruction(depot: date, fin: date, suspensions: Iterable[Intervalle] = ()) -> int:
    """Days elapsed from `depot` to `fin`, suspensions left out."""
    if fin <= depot:
        return 0
    return (fin - depot).days - suspendus(depot, fin, suspensions)


@dataclass(frozen=True)
class Delai:
    """What the instruction page and list show."""

    jours: int
    limite: int
    suspendu: bool
    arrete: bool
    echeance: date | None

    @property
    def reste(self) -> int:
        return self.limite - self.jours

    @property
    def depasse(self) -> bool:
        return self.jours > self.limite


def _jour(moment) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def delai(candidature, demandes=None, decidee_le=None) -> Delai | None:
    """Of a deposited dossier; `demandes` prefetched in lists. None before the deposit."""
    depot = _jour(candidature.deposee_le)
    if depot is None:
        return None
    demandes = candidature.demandes_complement.all() if demandes is None else demandes
    suspensions = [(_jour(d.demandee_le), _jour(d.repondue_le)) for d in demandes]
    arrete = candidature.etat in FINAUX
    fin = _jour(decidee_le) if arrete and decidee_le else timezone.localdate()
    jours = jours_instruction(depot, fin, suspensions)
    limite = candidature.appel.delai_instruction_jours
    suspendu = candidature.etat == EtatCandidature.A_COMPLETER
    court = not arrete and not suspendu
    return Delai(
        jours=jours,
        limite=limite,
        suspendu=suspendu,
        arrete=arrete,
        echeance=fin + timedelta(days=limite - jours) if court else None,
    )
