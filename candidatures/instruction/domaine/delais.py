"""Days of instruction: from the deposit, less the days when the carriers were asked to complete, up
to the last published decision.

The rule is the database’s (migration 0030), kept in the narrow twin: the list sorts and shows it,
the page of the dossier and the exports read the same two values here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature

# Their instruction is over on a day that nothing published tells: no count.
SANS_COMPTE = (EtatCandidature.IRRECEVABLE, EtatCandidature.REORIENTEE, EtatCandidature.RETIREE)


def jours(compte_depuis: date | None, jours_arretes: int | None, etat: str) -> int | None:
    """As `Repere` keeps them; None before the deposit, and once closed without a decision."""
    if jours_arretes is not None:
        return jours_arretes
    if compte_depuis is None or etat in SANS_COMPTE:
        return None
    return max((timezone.localdate() - compte_depuis).days, 0)


@dataclass(frozen=True)
class Delai:
    """What the page of the instruction shows. `arrete`: by a published decision."""

    jours: int
    limite: int
    suspendu: bool
    arrete: bool
    echeance: date | None

    @property
    def depasse(self) -> bool:
        return self.jours > self.limite


def delai(candidature) -> Delai | None:
    """None where there is no count."""
    repere = candidature.repere
    comptes = jours(repere.compte_depuis, repere.jours_arretes, candidature.etat)
    if comptes is None:
        return None
    limite = candidature.appel.delai_instruction_jours
    court = repere.jours_arretes is None
    suspendu = not court and candidature.etat == EtatCandidature.A_COMPLETER
    return Delai(
        jours=comptes,
        limite=limite,
        suspendu=suspendu,
        arrete=not court and not suspendu,
        echeance=timezone.localdate() + timedelta(days=limite - comptes) if court else None,
    )
