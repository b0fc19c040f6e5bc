"""From the closed committee, all the decisions in one batch: dry run, act, undo until published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from candidatures.comite import journal
from candidatures.comite.calcul.ecarts import SENS, ecarts_du_comite
from candidatures.comite.choix import EtatComite, Proposition
from candidatures.comite.domaine.commun import ouvrir
from candidatures.comite.models import Comite, Deliberation, DossierRepris
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.instruction import journal as journal_instruction
from candidatures.instruction.choix import VERBES_DECISION, GenreLot, SensDecision
from candidatures.instruction.domaine.decision import preparer_decision
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Decision, Lot, MotifType
from socle.erreurs import ElementsManquants, ErreurMetier, Manque
from socle.interface.templatetags.interface import pluriel
from socle.journal.domaine import inscrire


@dataclass(frozen=True)
class APreparer:
    deliberation: Deliberation
    sens: str
    motif: str


@dataclass(frozen=True)
class Laissee:
    """A deliberation without its decision: why, and whether preparing it by hand mends that.

    `preparee`, `publiee`: it has its decision already, nothing is missing.
    """

    reference: str
    titre: str
    raison: str
    sens: str
    sans_motif: bool = False
    preparee: bool = False
    publiee: bool = False


@dataclass(frozen=True)
class Plan:
    """The dry run: what would be prepared, what would not and why."""

    a_preparer: list[APreparer]
    laissees: list[Laissee]

    @property
    def refus(self) -> list[tuple[str, str]]:
        return [(lue.reference, lue.raison) for lue in self.laissees]

    @property
    def preparable(self) -> bool:
        """Something would be prepared, or would be with a standard reason."""
        return bool(self.a_preparer) or any(lue.sans_motif for lue in self.laissees)

    @property
    def tout_prepare(self) -> bool:
        """Every deliberation has its decision, those that contradict it excepted."""
        faites = [lue.preparee or lue.publiee for lue in self.laissees]
        return not self.a_preparer and bool(faites) and all(faites)

    @property
    def tout_publie(self) -> bool:
        return self.tout_prepare and all(lue.publiee for lue in self.laissees)

    @property
    def annonce(self) -> str:
        """What the page said, given back with the act."""
        return ".".join(sorted(p.deliberation.candidature.reference for p in self.a_preparer))

    @property
    def a_relire(self) -> str:
        """Asked when these choices change what the page had announced."""
        return (
            f"Avec ces choix, {pluriel(len(self.a_preparer), ACCORD)}"
            "\u00a0: relisez la liste, puis confirmez."
        )

    def nombre(self, sens: str) -> int:
        return sum(1 for p in self.a_preparer if p.sens == sens)


ACCORD = "décision serait préparée,décisions seraient préparées"
SANS_MOTIF = "aucun motif, ni dans la délibération ni dans les motifs types"
DEPORTE = "vous n’instruisez pas ce dossier"
PREPAREE = "une décision est déjà préparée"
PUBLIEE = "la décision est publiée"
REPRISE = "un nouveau comité l’a repris"


def _raison(acte: Deliberation, sens: str, motif: str, faites: dict[int, str], par) -> str:
    candidature = acte.candidature
    if not peut_instruire(par, candidature):
        return DEPORTE
    if candidature.pk in faites:
        return faites[candidature.pk]
    if not CYCLE_CANDIDATURE.possible(VERBES_DECISION[SensDecision(sens)], candidature.etat):
        return f"état « {candidature.get_etat_display().lower()} »"
    return "" if motif else SANS_MOTIF


def _preparees(cles) -> dict[int, str]:
    """Of each candidature already prepared, whether it follows the committee."""
    pendantes = Decision.objects.filter(publication=None, candidature_id__in=cles)
    pendantes = list(pendantes.select_related("vers_dispositif"))
    dites = {d.candidature_id: PREPAREE for d in pendantes}
    return dites | {
        e.decision.candidature_id: f"une décision contraire est déjà préparée ({e.prepare})"
        for e in ecarts_du_comite(pendantes)
        if e.contredit
    }


def _publiees(cles, comite: Comite):
    """The candidatures decided since the committee closed."""
    if comite.clos_le is None:
        return ()
    faites = Decision.objects.filter(
        candidature_id__in=cles, publication__publiee_le__gte=comite.clos_le
    )
    return faites.order_by().values_list("candidature_id", flat=True)


def _reprises(cles, comite: Comite):
    """The candidatures that a later committee took again: its word is awaited, or is the last."""
    plus_tard = DossierRepris.objects.filter(candidature_id__in=cles, comite__pk__gt=comite.pk)
    return plus_tard.order_by().values_list("candidature_id", flat=True)


def _laissee(acte: Deliberation, sens: str, raison: str) -> Laissee:
    if raison == DEPORTE:
        return Laissee("Dossier fermé par votre déport", "", raison, "")
    lue = acte.candidature
    return Laissee(
        lue.reference,
        lue.titre,
        raison,
        sens,
        sans_motif=raison == SANS_MOTIF,
        preparee=raison == PREPAREE,
        publiee=raison == PUBLIEE,
    )


def planifier(comite: Comite, par, motifs: dict[str, MotifType] | None = None) -> Plan:
    """`motifs`: the standard reason of each sense, used where the committee wrote none."""
    motifs = motifs or {}
    actes = list(
        comite.deliberations.filter(deliberee_le__isnull=False)
        .select_related("candidature__appel__dispositif", "vers_dispositif")
        .order_by("candidature__reference")
    )
    cles = [a.candidature_id for a in actes]
    faites = dict.fromkeys(_reprises(cles, comite), REPRISE)
    faites |= dict.fromkeys(_publiees(cles, comite), PUBLIEE)
    faites |= _preparees(cles)
    a_preparer, laissees = [], []
    for acte in actes:
        sens = SENS[Proposition(acte.proposition)]
        motif = acte.motif or (motifs[sens].texte if sens in motifs else "")
        if raison := _raison(acte, sens, motif, faites, par):
            laissees.append(_laissee(acte, sens, raison))
        else:
            a_preparer.append(APreparer(acte, sens, motif))
    return Plan(a_preparer, laissees)


@transaction.atomic
def preparer_decisions(
    *, comite: Comite, par, motifs=None, signataire=None, datee_du=None, annonce=None
) -> tuple[Lot, Plan]:
    """`annonce`: the plan that was read; another one and nothing is done."""
    comite = ouvrir(comite, par, etats=(EtatComite.CLOS,))
    motifs = motifs or {}
    plan = planifier(comite, par, motifs)
    if annonce is not None and annonce != plan.annonce:
        raise ErreurMetier(plan.a_relire)
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
