"""Decisions: prepared one by one, published together, in one act."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, DECIDABLES, EN_DECISION
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import VERBES_DECISION, GenrePhase, SensDecision
from candidatures.instruction.documents import LETTRE
from candidatures.instruction.domaine.avant_publication import depots_ouverts
from candidatures.instruction.domaine.commun import ouvrir, verifier_revision
from candidatures.instruction.domaine.lettres import autrement_datees, jour_prevu, preparer_lettre
from candidatures.instruction.domaine.phases import exiger_phase
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.gardes import ecarts, rang_delibere
from candidatures.instruction.models import Decision, PublicationDecisions, Reorientation
from socle.documents.domaine import demander
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
    confirmations_reunies,
    confirmer,
)
from socle.journal.domaine import inscrire

RELU, DEPOTS = "relu", "depots"
CONFIRMATIONS = frozenset({RELU, DEPOTS})


def manques_decision(candidature, sens: str, motif: str, vers_dispositif) -> list[Manque]:
    absents = []
    if sens not in SensDecision.values:
        absents.append(Manque("Choisissez le sens de la décision.", "#id_sens"))
    if not motif.strip():
        absents.append(Manque("Motivez la décision : le motif figure dans la lettre.", "#id_motif"))
    if sens == SensDecision.REORIENTEE:
        if vers_dispositif is None:
            absents.append(Manque("Indiquez le dispositif proposé.", "#id_vers_dispositif"))
        elif vers_dispositif.pk == candidature.appel.dispositif_id:
            absents.append(Manque("Proposez un autre dispositif que celui de l’appel."))
    if sens == SensDecision.PRESELECTIONNEE and not candidature.appel.dispositif.avec_session:
        absents.append(Manque("La présélection n’existe que pour une session nationale."))
    return absents


def _fixer(decision: Decision, sens: str, vers_dispositif, rang_reserve: int | None) -> None:
    """Its substance. A reserve without a rank takes the committee’s, or keeps its own; another
    substance loses the motif that excused a gap with the committee."""
    if sens != SensDecision.RESERVE:
        rang_reserve = None
    elif rang_reserve is None:
        rang_reserve = rang_delibere(decision.candidature)
        if rang_reserve is None and decision.sens == SensDecision.RESERVE:
            rang_reserve = decision.rang_reserve
    avant = (decision.sens, decision.vers_dispositif_id, decision.rang_reserve)
    decision.sens, decision.rang_reserve = sens, rang_reserve
    decision.vers_dispositif = vers_dispositif
    if avant != (sens, decision.vers_dispositif_id, rang_reserve):
        decision.motif_ecart = ""


@transaction.atomic
def preparer_decision(
    *,
    candidature: Candidature,
    sens: str,
    motif: str,
    par,
    vers_dispositif=None,
    motif_type=None,
    signataire=None,
    datee_du=None,
    rang_reserve: int | None = None,
    revision: int = 0,
) -> Decision:
    """Write or rewrite the pending decision. Nobody but the DGALN reads it.

    `datee_du`: the day of signature, which is to be that of the publication.
    """
    candidature = ouvrir(candidature, par)
    if candidature.etat not in DECIDABLES:
        raise TransitionImpossible("Une décision se prépare pendant l’évaluation.")
    exiger_phase(candidature.appel, GenrePhase.COMITE)
    if sens != SensDecision.REORIENTEE:
        vers_dispositif = None
    if motif_type is not None and not motif.strip():
        motif = motif_type.texte
    absents = manques_decision(candidature, sens, motif, vers_dispositif)
    if datee_du is not None and datee_du < timezone.localdate():
        phrase = "Datez la lettre d’aujourd’hui ou d’un jour à venir."
        absents.append(Manque(phrase, "#id_datee_du"))
    if absents:
        raise ElementsManquants(absents)
    CYCLE_CANDIDATURE.verifier(candidature, VERBES_DECISION[SensDecision(sens)], motif=motif)
    decision = candidature.decisions.select_for_update().filter(publication=None).first()
    if decision is None:
        decision = Decision(candidature=candidature)
    else:
        verifier_revision(decision, revision)
        decision.revision += 1
    _fixer(decision, sens, vers_dispositif, rang_reserve)
    decision.motif = motif.strip()
    decision.preparee_par, decision.preparee_le = par, timezone.now()
    decision.motif_type, decision.signataire = motif_type, signataire
    decision.datee_du = datee_du or jour_prevu(candidature.appel)
    decision.save()
    preparer_lettre(decision, par)
    inscrire(journal.DECISION_PREPAREE, objet=candidature, par=par, sens=sens)
    return decision


@transaction.atomic
def abandonner_decision(*, decision: Decision, par) -> None:
    """Drop a pending decision; the journal keeps that it existed."""
    candidature = ouvrir(decision.candidature, par)
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.publication_id:
        raise TransitionImpossible("Cette décision est publiée.")
    sens = decision.sens
    decision.delete()
    inscrire(journal.DECISION_ABANDONNEE, objet=candidature, par=par, sens=sens)


def _reorienter(candidature, vers_dispositif, motif, par) -> Reorientation:
    return Reorientation.objects.create(
        candidature=candidature,
        vers_dispositif=vers_dispositif,
        motif=motif,
        le=timezone.now(),
        par=par,
    )


def _publier(decision: Decision, publication: PublicationDecisions, par) -> None:
    candidature = verrouiller(decision.candidature)
    if not peut_instruire(par, candidature):
        raise ActionInterdite("Votre déport ferme un de ces dossiers : un autre agent le publie.")
    exiger_phase(candidature.appel, GenrePhase.DECISION)
    verbe = VERBES_DECISION[SensDecision(decision.sens)]
    CYCLE_CANDIDATURE.appliquer(candidature, verbe, motif=decision.motif)
    if decision.sens == SensDecision.RETENUE:
        candidature.version_retenue = candidature.versions.first()
    candidature.save(update_fields=["etat", "version_retenue", "modifiee_le"])
    if decision.sens == SensDecision.REORIENTEE:
        _reorienter(candidature, decision.vers_dispositif, decision.motif, par)
    decision.publication = publication
    decision.candidature = candidature
    decision.lettre_sha256 = demander(LETTRE, objet=decision, par=par).contexte_sha256
    decision.save(update_fields=["publication", "lettre_sha256"])
    inscrire(journal.DECISION_PUBLIEE, objet=candidature, par=par, motif=decision.motif)
    notifications.decision_publiee(decision, par)


def _verifier_ecarts(decisions: list[Decision], par) -> None:
    """A closed committee is not contradicted without a word."""
    absents = [
        Manque(
            f"{e.decision.candidature.reference}\u00a0: la décision préparée « {e.prepare} » "
            f"contredit la délibération du comité « {e.delibere} ». "
            "Alignez-la, ou écrivez le motif de l’écart.",
            e.url,
        )
        for e in ecarts(decisions)
        if e.bloque and peut_instruire(par, e.decision.candidature)
    ]
    if absents:
        raise ElementsManquants(absents)


def _verifier_dates(decisions: list[Decision]) -> None:
    """A letter bears the day it leaves, never one before the committee."""
    if autres := autrement_datees(decisions):
        accord = "lettre est datée" if len(autres) == 1 else "lettres sont datées"
        raise ElementsManquants(
            [
                Manque(
                    f"{len(autres)} {accord} d’un autre jour que celui de la publication\u00a0: "
                    "datez-les d’aujourd’hui, puis relisez-les.",
                    f"{reverse('candidatures:decisions')}"
                    f"?appel={autres[0].candidature.appel.slug}#dates",
                )
            ]
        )


def confirmations_attendues(appels) -> dict[str, str]:
    """Key and sentence of each box to tick before publishing decisions of these appels."""
    phrases = {RELU: "Relisez les lettres, puis cochez\u00a0: une fois publiées, elles partent."}
    if depots := [phrase for appel in appels if (phrase := depots_ouverts(appel))]:
        phrases[DEPOTS] = " ".join(dict.fromkeys(depots))
    return phrases


@transaction.atomic
def publier_decisions(
    *, ids: list[int], par, un_seul_appel: bool = False, confirmes: frozenset = frozenset()
) -> PublicationDecisions:
    """All of them or none: states, letters, mails and journal in one transaction.

    `confirmes`: what was ticked, among `CONFIRMATIONS`; nothing leaves that nobody read.
    """
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN publie les décisions.")
    decisions = list(
        Decision.objects.select_for_update(of=("self",))
        .select_related("candidature__appel", "vers_dispositif")
        .filter(pk__in=ids)
        .order_by("candidature_id")
    )
    if not decisions:
        raise ElementsManquants([Manque("Choisissez au moins une décision à publier.")])
    if len(decisions) != len(set(ids)) or any(d.publication_id for d in decisions):
        raise ErreurMetier("Cette liste a changé : relisez-la avant de publier.")
    if un_seul_appel and len({d.candidature.appel_id for d in decisions}) > 1:
        raise ErreurMetier("Les décisions se publient appel par appel.")
    _verifier_ecarts(decisions, par)
    _verifier_dates(decisions)
    with confirmations_reunies():
        for cle, phrase in confirmations_attendues(d.candidature.appel for d in decisions).items():
            confirmer(cle, phrase, confirmes)
    publication = PublicationDecisions.objects.create(publiee_le=timezone.now(), par=par)
    for decision in decisions:
        _publier(decision, publication, par)
    inscrire(journal.PUBLICATION, objet=publication, par=par, nombre=len(decisions))
    return publication


@transaction.atomic
def reorienter(*, candidature: Candidature, vers_dispositif, motif: str, par) -> Reorientation:
    """Reorient at once, before any evaluation: the dossier fits another dispositif."""
    candidature = ouvrir(candidature, par)
    if candidature.etat in EN_DECISION:
        raise TransitionImpossible(
            "Ce dossier est en évaluation : préparez une décision de réorientation."
        )
    CYCLE_CANDIDATURE.appliquer(candidature, "reorienter", motif=motif)
    absents = manques_decision(candidature, SensDecision.REORIENTEE, motif, vers_dispositif)
    if absents:
        raise ElementsManquants(absents)
    candidature.save(update_fields=["etat", "modifiee_le"])
    reorientation = _reorienter(candidature, vers_dispositif, motif.strip(), par)
    inscrire(journal.REORIENTEE, objet=candidature, par=par, motif=motif.strip())
    notifications.reorientee(reorientation, par)
    return reorientation
