"""Avis asked from many at once.

The requests are prepared with their mails held: nobody consulted sees anything before the mails
are sent, and giving the mails up takes the requests away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.domaine.avis_a_demander import (
    ECARTS,
    AucuneDemande,
    DemandesEcartees,
    Ecart,
    trier,
)
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Avis
from socle.courriels.lots import declarer_lot, ouvrir_lot
from socle.courriels.models import LotCourriels
from socle.erreurs import ActionInterdite, ElementsManquants, Manque
from socle.journal.domaine import inscrire


@dataclass(frozen=True)
class LotPrepare:
    lot: LotCourriels
    demandes: int
    ecarts: tuple[Ecart, ...] = ()


def _verifier(par, candidatures, organismes, competents, echeance) -> None:
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN demande les avis.")
    absents = []
    if not candidatures:
        absents.append(Manque("Choisissez au moins une candidature."))
    if not organismes and not competents:
        absents.append(Manque("Choisissez au moins un organisme."))
    if echeance is None or echeance <= timezone.localdate():
        absents.append(Manque("Donnez une échéance à venir."))
    if absents:
        raise ElementsManquants(absents)


def _verrouillees(candidatures) -> list[Candidature]:
    return list(
        Candidature.objects.select_for_update(of=("self",))
        .filter(pk__in=[c.pk for c in candidatures])
        .select_related("appel", "perimetre")
        .prefetch_related("portages", "copilotages", "avis", "designations__organisme")
        .order_by("pk")
    )


@transaction.atomic
def demander_en_lot(
    *, candidatures, organismes, competents=(), echeance, question: str = "", confirmes=(), par
) -> LotPrepare:
    """Prepare every request that is possible; the others are named, and that is confirmed."""
    _verifier(par, candidatures, organismes, competents, echeance)
    tri = trier(_verrouillees(candidatures), organismes, competents)
    if not tri.possibles:
        raise AucuneDemande(tri)
    if tri.ecarts and ECARTS not in confirmes:
        raise DemandesEcartees(tri)
    lot = ouvrir_lot(LOT_AVIS, titre=f"Demande d’avis avant le {echeance:%d/%m/%Y}", par=par)
    demandes = [
        Avis(
            candidature=candidature,
            organisme=organisme,
            question=question.strip(),
            echeance=echeance,
            demande_le=timezone.now(),
            demande_par=par,
            lot=lot,
            retenu=True,
        )
        for candidature, organisme in tri.possibles
    ]
    for avis in Avis.objects.bulk_create(demandes):
        notifications.avis_demande(avis, par, lot=lot)
    return LotPrepare(lot, len(demandes), tuple(tri.ecarts))


def _a_l_envoi(lot: LotCourriels, par) -> None:
    retenus = Avis.objects.select_for_update(of=("self",)).filter(lot=lot, retenu=True)
    for avis in retenus.select_related("candidature", "organisme"):
        avis.candidature.consultes.add(avis.organisme)
        inscrire(
            journal.AVIS_DEMANDE, objet=avis.candidature, par=par, organisme=avis.organisme.nom
        )
    Avis.objects.filter(lot=lot).update(retenu=False, demande_le=timezone.now())


def _a_l_annulation(lot: LotCourriels, par) -> None:
    Avis.objects.filter(lot=lot, retenu=True).delete()


LOT_AVIS = declarer_lot(
    "avis",
    a_l_envoi=_a_l_envoi,
    a_l_annulation=_a_l_annulation,
    groupe="instruction_avis_demandes",
)
