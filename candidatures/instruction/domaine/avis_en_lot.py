"""Avis asked from many at once, and those who are late.

The requests are prepared with their mails held: nobody consulted sees anything before the mails
are sent, and giving the mails up takes the requests away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.domaine import pilotage
from candidatures.dossiers.droits import organismes_porteurs
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import JalonRelance
from candidatures.instruction.domaine.avis import ETATS_AVIS
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Avis, RelanceAvis
from socle.courriels.lots import declarer_lot, ouvrir_lot
from socle.courriels.models import LotCourriels
from socle.erreurs import ActionInterdite, ElementsManquants, Manque
from socle.journal.domaine import inscrire

DREAL, DDT = "dreal", "ddt"
JALONS = ((JalonRelance.J7, 7), (JalonRelance.J2, 2), (JalonRelance.RETARD, -3))


@dataclass(frozen=True)
class LotPrepare:
    lot: LotCourriels
    demandes: int
    ecartees: int


def organismes_pour(candidature: Candidature, organismes, competents) -> list:
    """Those named, and those that answer for its territory, each once."""
    voulus = {o.pk: o for o in organismes}
    if competents:
        services = pilotage.services(candidature)
        echelles = {DDT: services.departements, DREAL: services.regions}
        for echelle in competents:
            voulus |= {s.pk: s for c in echelles[echelle] if (s := c.competent)}
    return list(voulus.values())


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


@transaction.atomic
def demander_en_lot(
    *, candidatures, organismes, competents=(), echeance, question: str = "", par
) -> LotPrepare:
    """Prepare every request that is possible; those already asked, and carriers, are left out."""
    _verifier(par, candidatures, organismes, competents, echeance)
    lot = ouvrir_lot(LOT_AVIS, titre=f"Demande d’avis avant le {echeance:%d/%m/%Y}", par=par)
    demandes, ecartees = [], 0
    verrouillees = (
        Candidature.objects.select_for_update(of=("self",))
        .filter(pk__in=[c.pk for c in candidatures])
        .select_related("appel", "perimetre")
        .prefetch_related("portages", "copilotages", "avis", "designations__organisme")
        .order_by("pk")
    )
    for candidature in verrouillees:
        deja = {a.organisme_id for a in candidature.avis.all()} | organismes_porteurs(candidature)
        for organisme in organismes_pour(candidature, organismes, competents):
            if organisme.pk in deja or candidature.etat not in ETATS_AVIS:
                ecartees += 1
                continue
            demandes.append(
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
            )
    if not demandes:
        raise ElementsManquants(
            [Manque("Aucune demande possible : avis déjà demandés, organismes porteurs ou états.")]
        )
    for avis in Avis.objects.bulk_create(demandes):
        notifications.avis_demande(avis, par, lot=lot)
    return LotPrepare(lot, len(demandes), ecartees)


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
LOT_RELANCE = declarer_lot("avis_relance", groupe="instruction_avis_relances")


def silencieux():
    """Asked, not answered, while the dossier still waits for them."""
    return (
        Avis.objects.filter(rendu_le__isnull=True, retenu=False, candidature__etat__in=ETATS_AVIS)
        .select_related("candidature", "organisme", "auteur")
        .order_by("echeance", "pk")
    )


def en_retard():
    return silencieux().filter(echeance__lt=timezone.localdate())


@transaction.atomic
def relancer_retardataires(*, par) -> LotPrepare:
    """One held mail per person and late avis, to read before it leaves."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN relance les organismes consultés.")
    retards = list(en_retard())
    if not retards:
        raise ElementsManquants([Manque("Aucun avis n’est en retard.")])
    lot = ouvrir_lot(LOT_RELANCE, titre="Relance des avis en retard", par=par)
    for avis in retards:
        notifications.avis_relance(avis, par, lot=lot)
    RelanceAvis.objects.bulk_create(
        RelanceAvis(avis=avis, jalon=JalonRelance.MANUELLE) for avis in retards
    )
    return LotPrepare(lot, len(retards), 0)


def _jalon(avis: Avis, jour) -> str | None:
    """The latest reminder that is due; not one whose day was past when the avis was asked."""
    restants = (avis.echeance - jour).days
    delai = (avis.echeance - timezone.localtime(avis.demande_le).date()).days
    dus = [cle for cle, jours in JALONS if restants <= jours < delai]
    return dus[-1] if dus else None


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
