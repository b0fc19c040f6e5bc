"""Prepared decisions against the deliberations of closed committees, dossier by dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from candidatures.comite.calcul.deliberes import actes_en_vigueur
from candidatures.comite.choix import Proposition
from candidatures.comite.models import Deliberation
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.gardes import Ecart
from candidatures.instruction.models import Decision

SENS = {
    Proposition.RETENIR: SensDecision.RETENUE,
    Proposition.RESERVE: SensDecision.RESERVE,
    Proposition.NE_PAS_RETENIR: SensDecision.NON_RETENUE,
    Proposition.REORIENTER: SensDecision.REORIENTEE,
}


@dataclass(frozen=True)
class EcartComite(Ecart):
    deliberation: Deliberation | None = None

    @property
    def motif(self) -> str:
        """What the aligned decision would say; nothing when the committee wrote nothing."""
        if self.deliberation.motif:
            return self.deliberation.motif
        meme = SENS[Proposition(self.deliberation.proposition)] == self.decision.sens
        return self.decision.motif if meme else ""

    @property
    def reecrire(self) -> str:
        """The query that opens the decision as it was deliberated."""
        acte = self.deliberation
        vers = {"vers": acte.vers_dispositif_id} if acte.vers_dispositif_id else {}
        return urlencode({"sens": SENS[Proposition(acte.proposition)].value, **vers})


def deliberations_en_vigueur(candidatures: Iterable[int]) -> dict[int, Deliberation]:
    """The last closed word on each candidature, as long as nothing was published since."""
    actes = (
        actes_en_vigueur()
        .filter(candidature__in=list(candidatures))
        .select_related("comite", "vers_dispositif")
        .order_by("comite__clos_le", "pk")
    )
    return {a.candidature_id: a for a in actes}


def rang_delibere(candidature) -> int | None:
    acte = deliberations_en_vigueur([candidature.pk]).get(candidature.pk)
    return acte.rang_reserve if acte else None


def dite(sens: str, rang, dispositif) -> str:
    ailleurs = f" vers le dispositif «\u00a0{dispositif}\u00a0»" if dispositif else ""
    precision = f", rang {rang}" if rang else ailleurs
    return f"{SensDecision(sens).label}{precision}"


def _contredit(decision: Decision, acte: Deliberation) -> bool:
    voulu = SENS[Proposition(acte.proposition)]
    if decision.sens == SensDecision.PRESELECTIONNEE and voulu == SensDecision.RETENUE:
        return False
    return (decision.sens, decision.rang_reserve, decision.vers_dispositif_id) != (
        voulu,
        acte.rang_reserve,
        acte.vers_dispositif_id,
    )


def ecarts_du_comite(decisions: Iterable[Decision]) -> list[EcartComite]:
    """Among pending decisions, those that differ from the deliberation in force."""
    decisions, lus = list(decisions), []
    actes = deliberations_en_vigueur(d.candidature_id for d in decisions)
    for decision in decisions:
        acte = actes.get(decision.candidature_id)
        if acte is None:
            continue
        contredit = _contredit(decision, acte)
        if not contredit and acte.motif in ("", decision.motif):
            continue
        lus.append(
            EcartComite(
                decision=decision,
                prepare=dite(decision.sens, decision.rang_reserve, decision.vers_dispositif),
                delibere=dite(
                    SENS[Proposition(acte.proposition)], acte.rang_reserve, acte.vers_dispositif
                ),
                contredit=contredit,
                url=reverse("candidatures:comite_decisions", args=[acte.comite_id]) + "#ecarts",
                deliberation=acte,
            )
        )
    return lus
