"""Those who do not answer: reminded by themselves around the due date, or by the DGALN.

A reminder of the DGALN is held and read again before it leaves; given up, it never was.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from candidatures.instruction import notifications
from candidatures.instruction.choix import JalonRelance
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.domaine.avis_en_lot import LotPrepare
from candidatures.instruction.droits import avis_visibles_par, peut_instruire
from candidatures.instruction.models import Avis, RelanceAvis
from socle.courriels.lots import declarer_lot, ouvrir_lot
from socle.courriels.models import LotCourriels
from socle.erreurs import ActionInterdite, ElementsManquants, Manque

JALONS = ((JalonRelance.J7, 7), (JalonRelance.J2, 2), (JalonRelance.RETARD, -3))


def silencieux(avis=None):
    """Asked, not answered, while the dossier still waits for them."""
    return (
        (Avis.objects.all() if avis is None else avis)
        .filter(rendu_le__isnull=True, retenu=False, candidature__etat__in=ETATS_AVIS)
        .select_related("candidature", "organisme", "auteur")
        .order_by("echeance", "pk")
    )


def attendus(utilisateur):
    """Those that this person may follow, with their reminders."""
    siens = silencieux(avis_visibles_par(utilisateur))
    return siens.prefetch_related("relances__lot")


def en_retard(utilisateur):
    return silencieux(avis_visibles_par(utilisateur)).filter(echeance__lt=timezone.localdate())


def a_relancer(avis):
    """Without those whose reminder waits to be read."""
    attendent = RelanceAvis.objects.filter(
        avis=OuterRef("pk"),
        lot__isnull=False,
        lot__envoye_le__isnull=True,
        lot__annule_le__isnull=True,
    )
    return avis.exclude(Exists(attendent))


def _a_l_envoi(lot: LotCourriels, par) -> None:
    RelanceAvis.objects.filter(lot=lot).update(le=timezone.now())


def _a_l_annulation(lot: LotCourriels, par) -> None:
    RelanceAvis.objects.filter(lot=lot).delete()


LOT_RELANCE = declarer_lot(
    "avis_relance",
    a_l_envoi=_a_l_envoi,
    a_l_annulation=_a_l_annulation,
    groupe="instruction_avis_relances",
)


def _preparee(relance) -> bool:
    lot = relance.lot
    return lot is not None and lot.envoye_le is None and lot.annule_le is None


@transaction.atomic
def relancer_retardataires(*, par, references=(), avis=()) -> LotPrepare:
    """One held mail per person and late avis, to read before it leaves.

    `references`, `avis`: only those of these dossiers, only these ones. A reminder that waits to
    be read is not prepared twice.
    """
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN relance les organismes consultés.")
    voulus = en_retard(par)
    if references:
        voulus = voulus.filter(candidature__reference__in=references)
    if avis:
        voulus = voulus.filter(pk__in=avis)
    if not voulus.exists():
        raise ElementsManquants([Manque("Aucun avis n’est en retard.")])
    retards = list(a_relancer(voulus).select_for_update(of=("self",)))
    if not retards:
        raise ElementsManquants(
            [Manque("La relance est déjà prête\u00a0: relisez-la dans les envois groupés.")]
        )
    lot = ouvrir_lot(LOT_RELANCE, titre="Relance des avis en retard", par=par)
    for un_avis in retards:
        notifications.avis_relance(un_avis, par, lot=lot)
    RelanceAvis.objects.bulk_create(
        RelanceAvis(avis=un_avis, jalon=JalonRelance.MANUELLE, lot=lot) for un_avis in retards
    )
    return LotPrepare(lot, len(retards))


def _applicables(avis: Avis):
    """(milestone, days before the due date) of those that were still to come when it was asked."""
    delai = (avis.echeance - timezone.localtime(avis.demande_le).date()).days
    return [(cle, jours) for cle, jours in JALONS if jours < delai]


def _jalon(avis: Avis, jour) -> str | None:
    """The latest reminder that is due; not one whose day was past when the avis was asked."""
    restants = (avis.echeance - jour).days
    dus = [cle for cle, jours in _applicables(avis) if restants <= jours]
    return dus[-1] if dus else None


def prochain_rappel(avis: Avis, envoyes, jour: date) -> date | None:
    """The day of the next reminder that leaves by itself, `envoyes` those that have left."""
    jours = [
        avis.echeance - timedelta(days=avance)
        for cle, avance in _applicables(avis)
        if cle not in envoyes
    ]
    return next((le for le in jours if le >= jour), None)


def suivre(page, jour: date) -> list[Avis]:
    """Each with its delay, its last reminder, the next one, and the one that waits to be read."""
    lus = list(page)
    for avis in lus:
        relances = list(avis.relances.all())
        parties = [r for r in relances if not _preparee(r)]
        avis.retard = (jour - avis.echeance).days
        avis.derniere = max((r.le for r in parties), default=None)
        avis.preparee = next((r.lot for r in relances if _preparee(r)), None)
        avis.rappel = prochain_rappel(avis, {r.jalon for r in parties}, jour)
    return lus


@transaction.atomic
def relancer_avis(*, jour=None) -> int:
    """Every morning: seven days before, two days before, three days after; once each."""
    jour = jour or timezone.localdate()
    nombre = 0
    for avis in silencieux():
        jalon = _jalon(avis, jour)
        if jalon is None:
            continue
        _, nouvelle = RelanceAvis.objects.get_or_create(avis=avis, jalon=jalon)
        if nouvelle:
            notifications.avis_relance(avis, None)
            nombre += 1
    return nombre
