"""A retained candidature gives up; one of the reserve takes its place, with its letter."""

from __future__ import annotations

from django.db import transaction

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.models import Candidature
from candidatures.dossiers.suites import engagee
from candidatures.instruction import journal
from candidatures.instruction.choix import SensDecision
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.domaine.decision import preparer_decision
from candidatures.instruction.models import Decision
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire


@transaction.atomic
def constater_desistement(*, candidature: Candidature, motif: str, par) -> Candidature:
    """Before its atelier opens: afterwards, the atelier is closed instead."""
    candidature = ouvrir(candidature, par)
    if engagee(candidature):
        raise TransitionImpossible("L’atelier est ouvert\u00a0: il se clôt, il ne se désiste plus.")
    CYCLE_CANDIDATURE.appliquer(candidature, "constater_desistement", motif=motif)
    candidature.save(update_fields=["etat", "modifiee_le"])
    inscrire(journal.DESISTEMENT, objet=candidature, par=par, motif=motif.strip())
    return candidature


def liste_de_reserve(appel) -> list[Decision]:
    """Published inscriptions whose dossier still waits, in the committee's order."""
    return list(
        Decision.objects.filter(
            sens=SensDecision.RESERVE,
            publication__isnull=False,
            candidature__appel=appel,
            candidature__etat=E.EN_RESERVE,
        )
        .select_related("candidature__perimetre")
        .order_by("rang_reserve", "publication__publiee_le", "pk")
    )


@transaction.atomic
def promouvoir(
    *, candidature: Candidature, remplace: Candidature, motif: str, par, signataire=None
) -> Decision:
    """Prepare its acceptance, to be reviewed and published like the others."""
    remplace = verrouiller(remplace)
    if remplace.appel_id != candidature.appel_id or remplace.etat != E.RETIREE:
        raise ErreurMetier("Constatez d’abord le désistement d’une candidature de cet appel.")
    if not remplace.decisions.filter(sens=SensDecision.RETENUE, publication__isnull=False).exists():
        raise ErreurMetier("La candidature qui se désiste n’avait pas été retenue.")
    if candidature.etat != E.EN_RESERVE:
        raise TransitionImpossible("Seule une candidature en liste de réserve est promue.")
    premiere = liste_de_reserve(candidature.appel)[0].candidature_id
    if premiere != candidature.pk:
        raise ErreurMetier("Une autre candidature la précède sur la liste de réserve.")
    deja = Decision.objects.filter(sens=SensDecision.RETENUE, remplace=remplace).exclude(
        candidature=candidature
    )
    if deja.exists():
        raise ErreurMetier("Cette place est déjà reprise.")
    decision = preparer_decision(
        candidature=candidature,
        sens=SensDecision.RETENUE,
        motif=motif,
        signataire=signataire,
        revision=_revision(candidature),
        par=par,
    )
    decision.remplace = remplace
    decision.save(update_fields=["remplace"])
    inscrire(journal.PROMUE, objet=candidature, par=par, remplace=remplace.reference)
    return decision


def _revision(candidature) -> int:
    preparee = candidature.decisions.filter(publication=None).first()
    return preparee.revision if preparee else 0
