"""Reads of the instruction: lists, one dossier, its neighbours, what is ready to publish."""

from __future__ import annotations

from django.db.models import Prefetch

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, EN_DECISION, FINAUX
from candidatures.dossiers.domaine.requetes import pour_liste
from candidatures.instruction.choix import VERBES_DECISION, SensDecision
from candidatures.instruction.models import Avis, Decision, Evaluation, NoteCritere

A_INSTRUIRE = (E.DEPOSEE, E.A_COMPLETER, E.RECEVABLE, *EN_DECISION)


def pour_instruction(candidatures):
    """With evaluations, avis and pending decision, in a fixed number of queries."""
    notes = NoteCritere.objects.select_related("critere")
    evaluations = Evaluation.objects.select_related("evaluateur").prefetch_related(
        Prefetch("notes", queryset=notes)
    )
    avis = Avis.objects.select_related("organisme", "auteur")
    en_preparation = Decision.objects.filter(publication=None).select_related("vers_dispositif")
    return pour_liste(candidatures).prefetch_related(
        Prefetch("evaluations", queryset=evaluations),
        Prefetch("avis", queryset=avis),
        Prefetch("decisions", queryset=en_preparation, to_attr="decisions_en_preparation"),
    )


def decision_en_preparation(candidature) -> Decision | None:
    preparees = getattr(candidature, "decisions_en_preparation", None)
    if preparees is None:
        preparees = candidature.decisions.filter(publication=None).select_related("vers_dispositif")
    return preparees[0] if preparees else None


def voisines(references: list[str], reference: str) -> tuple[str | None, str | None, int, int]:
    """(previous, next, position from 1, total) of a reference in an ordered list."""
    if reference not in references:
        return None, None, 0, len(references)
    i = references.index(reference)
    precedente = references[i - 1] if i else None
    suivante = references[i + 1] if i + 1 < len(references) else None
    return precedente, suivante, i + 1, len(references)


def ordre_evaluateur(evaluateur) -> list[Evaluation]:
    """The dossiers entrusted to someone, those to file first."""
    return list(
        Evaluation.objects.filter(evaluateur=evaluateur, candidature__etat__in=EN_DECISION)
        .select_related("candidature__appel__dispositif", "candidature__perimetre")
        .prefetch_related("notes", "candidature__perimetre__departements")
        .order_by("candidature__appel__titre", "candidature__reference")
    )


def decisions_a_publier() -> dict[str, list[Decision]]:
    """Three columns of pending decisions whose candidature still can receive them."""
    colonnes: dict[str, list[Decision]] = {"favorables": [], "reorientees": [], "defavorables": []}
    preparees = (
        Decision.objects.filter(publication=None)
        .select_related(
            "candidature__appel__dispositif", "candidature__perimetre", "vers_dispositif"
        )
        .prefetch_related("candidature__perimetre__departements")
        .order_by("candidature__titre", "pk")
    )
    for decision in preparees:
        sens = SensDecision(decision.sens)
        if not CYCLE_CANDIDATURE.possible(VERBES_DECISION[sens], decision.candidature.etat):
            continue
        if sens in (SensDecision.RETENUE, SensDecision.PRESELECTIONNEE):
            colonnes["favorables"].append(decision)
        elif sens == SensDecision.REORIENTEE:
            colonnes["reorientees"].append(decision)
        else:
            colonnes["defavorables"].append(decision)
    return colonnes


def demande_ouverte(candidature):
    """The open request for compléments, with its items, or None."""
    if candidature.etat != E.A_COMPLETER:
        return None
    return (
        candidature.demandes_complement.filter(repondue_le__isnull=True)
        .prefetch_related("elements__piece_requise")
        .first()
    )


def decision_publiee(candidature) -> Decision | None:
    """The last decision that its carriers know."""
    return (
        candidature.decisions.filter(publication__isnull=False)
        .select_related("publication__par", "vers_dispositif")
        .order_by("-publication__publiee_le")
        .first()
    )


def decidee_le(candidature):
    """When its instruction ended, if it ended by a published decision."""
    publiee = decision_publiee(candidature) if candidature.etat in FINAUX else None
    return publiee.publication.publiee_le if publiee else None
