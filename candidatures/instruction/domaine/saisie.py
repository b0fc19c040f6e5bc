"""One field at a time, as it is typed: a note, a remark, the appreciation, a note in the margin."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.evaluation import ouvrir_brouillon, verifier_note
from candidatures.instruction.droits import confiee_a, peut_instruire
from candidatures.instruction.models import Evaluation, NoteCritere, NoteMarge
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from socle.interface.saisie import ValeurEnVigueur

LONGUEUR_ANCRE = 60


def _verifier(revision: int, actuelle: int, valeur, par, le) -> None:
    if revision != actuelle:
        texte = "" if valeur is None else str(valeur)
        raise ConflitDeVersion(ValeurEnVigueur(texte, actuelle, par, le))


@transaction.atomic
def enregistrer_champ(
    *, evaluation: Evaluation, champ: str, valeur: str, revision: int, par
) -> int:
    """`champ`: note.<critère>, remarque.<critère> or synthese. Returns its new revision."""
    evaluation = ouvrir_brouillon(evaluation, par)
    genre, _, cle = champ.partition(".")
    if champ == "synthese":
        _verifier(
            revision, evaluation.revision_synthese, evaluation.synthese, par, evaluation.modifiee_le
        )
        evaluation.synthese, nouvelle = valeur, revision + 1
        evaluation.revision_synthese = nouvelle
    elif genre in ("note", "remarque") and cle.isascii() and cle.isdigit():
        nouvelle = _enregistrer_note(evaluation, genre, int(cle), valeur, revision, par)
    else:
        raise ErreurMetier("Ce champ n’existe pas.")
    evaluation.modifiee_le = timezone.now()
    evaluation.revision += 1
    evaluation.save(update_fields=["synthese", "revision_synthese", "modifiee_le", "revision"])
    return nouvelle


def _enregistrer_note(evaluation, genre: str, critere: int, valeur: str, revision: int, par) -> int:
    note = None
    if genre == "note" and valeur:
        if not (valeur.isascii() and valeur.isdigit()):
            raise ErreurMetier("Une note va de 0 à 5.")
        note = int(valeur)
    verifier_note(evaluation, critere, note)
    ligne = NoteCritere.objects.filter(evaluation=evaluation, critere_id=critere).first()
    ligne = ligne or NoteCritere(evaluation=evaluation, critere_id=critere)
    if genre == "note":
        _verifier(revision, ligne.revision, ligne.note, par, evaluation.modifiee_le)
        ligne.note, ligne.revision = note, revision + 1
    else:
        _verifier(revision, ligne.revision_remarque, ligne.remarque, par, evaluation.modifiee_le)
        ligne.remarque, ligne.revision_remarque = valeur, revision + 1
    ligne.save()
    return revision + 1


@transaction.atomic
def annoter(*, candidature: Candidature, ancre: str, par, revision: int, **champs) -> NoteMarge:
    """Write in the margin. `champs`: texte, partagee; what is not given is kept."""
    candidature = verrouiller(candidature)
    lisible = visibles_par(par).filter(pk=candidature.pk).exists()
    annotable = peut_instruire(par, candidature) and lisible
    if not (annotable or confiee_a(par, candidature)):
        raise ActionInterdite("Les notes en marge sont réservées à celles et ceux qui instruisent.")
    if not ancre.replace("_", "").replace("-", "").isalnum() or len(ancre) > LONGUEUR_ANCRE:
        raise ErreurMetier("Cette partie du dossier n’existe pas.")
    note = NoteMarge.objects.filter(candidature=candidature, auteur=par, ancre=ancre).first()
    note = note or NoteMarge(candidature=candidature, auteur=par, ancre=ancre)
    if "texte" in champs:
        _verifier(revision, note.revision, note.texte, par, note.modifiee_le)
        note.texte = champs["texte"].strip()
        note.revision += 1
    if "partagee" in champs:
        note.partagee = champs["partagee"]
    note.modifiee_le = timezone.now()
    note.save()
    return note


def notes_lues(utilisateur, candidature: Candidature, *, partagees: bool) -> dict[str, dict]:
    """By part: mine, and those that others share (for who may read the others’ opinion)."""
    lues: dict[str, dict] = {}
    for note in NoteMarge.objects.filter(candidature=candidature).select_related("auteur"):
        place = lues.setdefault(note.ancre, {"mienne": None, "autres": []})
        if note.auteur_id == utilisateur.pk:
            place["mienne"] = note
        elif partagees and note.partagee and note.texte:
            place["autres"].append(note)
    return lues
