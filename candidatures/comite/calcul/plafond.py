"""Whether what was voted goes beyond the ceiling, in one sentence for every page."""

from __future__ import annotations

from candidatures.comite.choix import Proposition
from candidatures.comite.models import Comite
from socle.interface.templatetags.interface import montant, pluriel


def depassement(comite: Comite, retenues: int) -> str:
    """« 2 retenues pour 1 place », or nothing under both ceilings."""
    pour = []
    if comite.plafond_places is not None and retenues > comite.plafond_places:
        pour.append(pluriel(comite.plafond_places, "place"))
    cout = retenues * comite.cout_dossier
    if comite.plafond_budget is not None and cout > comite.plafond_budget:
        pour.append(f"un budget de {montant(comite.plafond_budget)} (coût\u00a0: {montant(cout)})")
    return f"{pluriel(retenues, 'retenue')} pour {' et '.join(pour)}" if pour else ""


def retenues(actes) -> int:
    """How many of these deliberations are adopted and retain."""
    return sum(1 for a in actes if a.deliberee_le and a.proposition == Proposition.RETENIR)
