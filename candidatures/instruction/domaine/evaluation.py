"""Dossiers entrusted to evaluators, noted criterion by criterion, then filed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal, notifications
from candidatures.instruction.choix import NOTE_MAX, GenrePhase
from candidatures.instruction.domaine.aveugle import noms_masques
from candidatures.instruction.domaine.commun import ouvrir, verifier_revision
from candidatures.instruction.domaine.deports import recalculer
from candidatures.instruction.domaine.grille import criteres_de
from candidatures.instruction.domaine.phases import exiger_phase
from candidatures.instruction.domaine.profils import lecteurs
from candidatures.instruction.domaine.synthese import DECIMALES, arrondir, moyenne_ponderee
from candidatures.instruction.droits import peut_etre_evaluateur, peut_evaluer
from candidatures.instruction.gardes import dire_deliberee, est_deliberee
from candidatures.instruction.models import Evaluation, NoteCritere
from socle.erreurs import (
    ActionInterdite,
    ElementsManquants,
    ErreurMetier,
    Manque,
    TransitionImpossible,
)
from socle.journal.domaine import inscrire

ETATS_CONFIABLES = (E.RECEVABLE, *EN_DECISION)
DELIBERE = (
    "Le comité a délibéré sur ce dossier\u00a0: il attend sa décision et ne s’évalue plus, "
    "à moins qu’un nouveau comité ne le reprenne."
)


@transaction.atomic
def confier_evaluation(*, candidature: Candidature, evaluateur, par, echeance=None) -> Evaluation:
    """Entrust the dossier to one person; asked twice, it stays one evaluation."""
    candidature = ouvrir(candidature, par)
    if candidature.etat not in ETATS_CONFIABLES:
        raise TransitionImpossible("Un dossier se confie une fois déclaré recevable.")
    if est_deliberee(candidature):
        raise TransitionImpossible(DELIBERE)
    recalculer(candidature, lecteurs().filter(pk=evaluateur.pk))
    if not peut_etre_evaluateur(evaluateur, candidature):
        raise ErreurMetier(f"{evaluateur} ne peut pas évaluer ce dossier.")
    evaluation, creee = Evaluation.objects.get_or_create(
        candidature=candidature,
        evaluateur=evaluateur,
        defaults={"confiee_le": timezone.now(), "confiee_par": par, "echeance": echeance},
    )
    if evaluation.ecartee_le:
        evaluation.ecartee_le, evaluation.ecartee_motif = None, ""
        evaluation.save(update_fields=["ecartee_le", "ecartee_motif"])
        creee = True
    if creee:
        inscrire(
            journal.EVALUATION_CONFIEE,
            objet=candidature,
            par=par,
            evaluateur=evaluateur.nom_complet,
        )
        if candidature.etat in EN_DECISION:
            evaluation.evaluateur, evaluation.candidature = evaluateur, candidature
            notifications.a_evaluer([evaluation], par, noms_masques([evaluation]))
    return evaluation


@transaction.atomic
def confier_a_plusieurs(
    *, candidature: Candidature, evaluateurs: list, par, echeance=None
) -> list[Evaluation]:
    """Entrust the dossier to several people at once."""
    return [
        confier_evaluation(candidature=candidature, evaluateur=personne, par=par, echeance=echeance)
        for personne in evaluateurs
    ]


@transaction.atomic
def reprendre_evaluation(*, evaluation: Evaluation, par, motif: str = "") -> None:
    """Take the dossier back from an evaluator who has not noted anything yet."""
    candidature = ouvrir(evaluation.candidature, par)
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if evaluation.depose_le or evaluation.notes.exists():
        raise TransitionImpossible("Cette évaluation est commencée : elle ne se retire plus.")
    en_jeu = candidature.evaluations.filter(ecartee_le__isnull=True).count()
    if candidature.etat in EN_DECISION and en_jeu == 1 and evaluation.ecartee_le is None:
        raise TransitionImpossible("Confiez d’abord le dossier à quelqu’un d’autre.")
    nom = evaluation.evaluateur.nom_complet
    evaluation.delete()
    inscrire(journal.EVALUATION_RETIREE, objet=candidature, par=par, motif=motif, evaluateur=nom)


def ouvrir_brouillon(evaluation: Evaluation, par) -> Evaluation:
    evaluation = (
        dire_deliberee(Evaluation.objects.select_for_update(of=("self",)))
        .select_related("candidature__appel", "evaluateur")
        .get(pk=evaluation.pk)
    )
    if not peut_evaluer(par, evaluation):
        raise ActionInterdite("Ce dossier est confié à quelqu’un d’autre.")
    if evaluation.depose_le:
        raise TransitionImpossible("Cette évaluation est déposée : elle ne change plus.")
    if evaluation.candidature.etat not in EN_DECISION:
        raise TransitionImpossible("Ce dossier n’est pas en évaluation.")
    if evaluation.deliberee:
        raise TransitionImpossible(DELIBERE)
    exiger_phase(evaluation.candidature.appel, GenrePhase.EVALUATION)
    return evaluation


def verifier_note(evaluation: Evaluation, critere_id: int, note) -> None:
    if critere_id not in {c.pk for c in criteres_de(evaluation.candidature.appel)}:
        raise ErreurMetier("Ce critère n’appartient pas à la grille de l’appel.")
    if note is not None and not 0 <= note <= NOTE_MAX:
        raise ErreurMetier("Une note va de 0 à 5.")


def _enregistrer_notes(evaluation: Evaluation, notes: dict) -> None:
    for critere_id, (note, remarque) in notes.items():
        verifier_note(evaluation, critere_id, note)
        NoteCritere.objects.update_or_create(
            evaluation=evaluation,
            critere_id=critere_id,
            defaults={"note": note, "remarque": remarque.strip()},
        )


@transaction.atomic
def evaluer(
    *, evaluation: Evaluation, notes: dict, par, revision: int, synthese: str = ""
) -> Evaluation:
    """Save the draft. `notes`: {critère id: (note or None, remarque)}."""
    evaluation = ouvrir_brouillon(evaluation, par)
    verifier_revision(evaluation, revision)
    _enregistrer_notes(evaluation, notes)
    evaluation.synthese = synthese.strip()
    evaluation.modifiee_le = timezone.now()
    evaluation.revision += 1
    evaluation.save(update_fields=["synthese", "modifiee_le", "revision"])
    return evaluation


def manques_depot(evaluation: Evaluation) -> list[Manque]:
    """Criteria without a note, each with its anchor in the page."""
    notes = {n.critere_id: n for n in evaluation.notes.all()}
    criteres = criteres_de(evaluation.candidature.appel)
    return [
        Manque(f"Notez le critère « {critere.libelle} ».", f"#critere-{critere.pk}")
        for critere in criteres
        if critere.pk not in notes or notes[critere.pk].note is None
    ]


@transaction.atomic
def deposer_evaluation(*, evaluation: Evaluation, par, revision: int | None = None) -> Evaluation:
    """File it: complete, and from now on unchanged. It proposes, it does not decide.

    `revision`: that of the notes that were read before confirming.
    """
    evaluation = ouvrir_brouillon(evaluation, par)
    if revision is not None:
        verifier_revision(evaluation, revision)
    if absents := manques_depot(evaluation):
        raise ElementsManquants(absents)
    evaluation.depose_le = timezone.now()
    moyenne = moyenne_ponderee(
        evaluation.notes.filter(note__isnull=False).values_list("note", "critere__poids")
    )
    evaluation.moyenne = None if moyenne is None else arrondir(moyenne, DECIMALES)
    evaluation.save(update_fields=["depose_le", "moyenne"])
    inscrire(
        journal.EVALUATION_DEPOSEE,
        objet=evaluation.candidature,
        par=par,
        evaluateur=evaluation.evaluateur.nom_complet,
    )
    notifications.evaluation_deposee(evaluation, par)
    return evaluation
