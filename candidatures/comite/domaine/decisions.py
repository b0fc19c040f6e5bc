"""From the closed committee, all the decisions in one batch: dry run, act, undo until published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.choix import EtatComite, Proposition
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.models import Comite, Deliberation
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.instruction import journal as journal_instruction
from candidatures.instruction.choix import VERBES_DECISION, GenreLot, SensDecision
from candidatures.instruction.domaine.decision import preparer_decision
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Decision, Lot, MotifType
from socle.erreurs import ElementsManquants, Manque
from socle.journal.domaine import inscrire

SENS = {
    Proposition.RETENIR: SensDecision.RETENUE,
    Proposition.RESERVE: SensDecision.RESERVE,
    Proposition.NE_PAS_RETENIR: SensDecision.NON_RETENUE,
    Proposition.REORIENTER: SensDecision.REORIENTEE,
}


@dataclass(frozen=True)
class APreparer:
    deliberation: Deliberation
    sens: str
    motif: str


@dataclass(frozen=True)
class Plan:
    """The dry run: what would be prepared, what would not and why."""

    a_preparer: list[APreparer]
    refus: list[tuple[str, str]]

    def nombre(self, sens: str) -> int:
        return sum(1 for p in self.a_preparer if p.sens == sens)


def _raison(acte: Deliberation, sens: str, motif: str, preparees: set[int], par) -> str:
    candidature = acte.candidature
    if not peut_instruire(par, candidature):
        return "vous n’instruisez pas ce dossier"
    if candidature.pk in preparees:
        return "une décision est déjà préparée"
    if not CYCLE_CANDIDATURE.possible(VERBES_DECISION[SensDecision(sens)], candidature.etat):
        return f"état « {candidature.get_etat_display().lower()} »"
    return "" if motif else "aucun motif, ni dans la délibération ni dans les motifs types"


def planifier(comite: Comite, par, motifs: dict[str, MotifType] | None = None) -> Plan:
    """`motifs`: the standard reason of each sense, used where the committee wrote none."""
    motifs = motifs or {}
    actes = list(
        comite.deliberations.filter(deliberee_le__isnull=False)
        .select_related("candidature__appel__dispositif", "vers_dispositif")
        .order_by("candidature__reference")
    )
    cles = [a.candidature_id for a in actes]
    pendantes = Decision.objects.filter(publication=None, candidature_id__in=cles)
    preparees = set(pendantes.values_list("candidature_id", flat=True))
    a_preparer, refus = [], []
    for acte in actes:
        sens = SENS[Proposition(acte.proposition)]
        motif = acte.motif or (motifs[sens].texte if sens in motifs else "")
        if raison := _raison(acte, sens, motif, preparees, par):
            refus.append((acte.candidature.reference, raison))
        else:
            a_preparer.append(APreparer(acte, sens, motif))
    return Plan(a_preparer, refus)


@transaction.atomic
def preparer_decisions(
    *, comite: Comite, par, motifs=None, signataire=None, datee_du=None
) -> tuple[Lot, Plan]:
    comite = ouvrir(comite, par, etats=(EtatComite.CLOS,))
    motifs = motifs or {}
    plan = planifier(comite, par, motifs)
    if not plan.a_preparer:
        raise ElementsManquants([Manque("Aucune décision n’est à préparer.")])
    preparees = [
        preparer_decision(
            candidature=p.deliberation.candidature,
            sens=p.sens,
            motif=p.motif,
            motif_type=None if p.deliberation.motif else motifs.get(p.sens),
            vers_dispositif=p.deliberation.vers_dispositif,
            rang_reserve=p.deliberation.rang_reserve,
            signataire=signataire,
            datee_du=datee_du,
            par=par,
        )
        for p in plan.a_preparer
    ]
    lot = Lot.objects.create(
        genre=GenreLot.DECISIONS,
        par=par,
        le=timezone.now(),
        nombre=len(preparees),
        effets=[d.pk for d in preparees],
    )
    inscrire(journal_instruction.LOT_FAIT, objet=lot, par=par, nombre=lot.nombre)
    inscrire(journal.DECISIONS_PREPAREES, objet=comite, par=par, nombre=lot.nombre)
    return lot, plan
