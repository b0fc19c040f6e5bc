"""The answer to a question of the call as one field of the catalogue (`question.<clé>`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from candidatures.appels.choix import EtatVersion, TypeQuestion
from candidatures.appels.domaine.blocs_revises import colonnes_anciennes, ecarte
from candidatures.appels.domaine.valeurs import convient, depuis_texte, en_texte, lisible
from candidatures.appels.models import Question
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.models import Candidature, Reponse
from socle.erreurs import ErreurMetier

PREFIXE = "question."


def trouver_question(candidature: Candidature, cle: str):
    """The question as this dossier answers it; a sentence when the call no longer asks it."""
    for question in formulaire(candidature).questions:
        if question.cle == cle and question.type != TypeQuestion.FICHIER:
            return question
    raise ErreurMetier("L’appel ne pose plus cette question\u00a0: rechargez la page.")


def libelles(candidature: Candidature) -> dict[str, str]:
    """What every version of the call’s form named its questions, the latest name of each."""
    publiees = Question.objects.filter(
        version__appel_id=candidature.appel_id, version__etat=EtatVersion.PUBLIEE
    )
    return dict(publiees.order_by("version__numero").values_list("cle", "libelle"))


def libelles_colonnes(candidature: Candidature, cle: str) -> dict[str, str]:
    """The columns that a block has or had, under their latest name."""
    return {
        s["cle"]: s["libelle"] for sous in _sous_questions_publiees(candidature, cle) for s in sous
    }


def _sous_questions_publiees(candidature: Candidature, cle: str):
    versions = Question.objects.filter(
        version__appel_id=candidature.appel_id, version__etat=EtatVersion.PUBLIEE, cle=cle
    )
    return versions.order_by("version__numero").values_list("sous_questions", flat=True)


def anciennes(candidature: Candidature, question) -> list[list]:
    """Columns that this block had in another version of the form."""
    if question.type != TypeQuestion.BLOC:
        return []
    return colonnes_anciennes(question, _sous_questions_publiees(candidature, question.cle))


def perdue(question, reponse: Reponse | None) -> str:
    """What the present question cannot hold of an older answer, as text."""
    if reponse is None:
        return ""
    reste = ""
    if not convient(question.type, reponse.valeur, question.options):
        reste = lisible(reponse.type, reponse.valeur)
    elif question.type == TypeQuestion.BLOC:
        reste = ecarte(question, reponse.valeur)
    if reste in reponse.ancienne:  # taken up again from the history: not kept twice
        return reponse.ancienne
    entre = "\n" if reponse.type == TypeQuestion.BLOC else " ; "
    return entre.join(t for t in (reponse.ancienne, reste) if t)


def _a_garder(question, actuelle: Reponse | None, valeur) -> str:
    """Nothing is lost yet while the new value still carries the former columns of a block."""
    if actuelle and question.type == TypeQuestion.BLOC and ecarte(question, valeur):
        return actuelle.ancienne
    return perdue(question, actuelle)


def ecrire_reponse(candidature, question, valeur, par) -> Reponse:
    """Set the answer, count its revision, keep what a change of type would lose."""
    actuelle = candidature.reponses.filter(cle=question.cle).first()
    colonnes = {
        "type": question.type,
        "libelle": question.libelle,
        "valeur": valeur,
        "ancienne": _a_garder(question, actuelle, valeur),
        "modifiee_le": timezone.now(),
        "modifiee_par": par,
    }
    if actuelle is None:
        return Reponse.objects.create(
            candidature=candidature, cle=question.cle, revision=1, **colonnes
        )
    Reponse.objects.filter(pk=actuelle.pk).update(revision=F("revision") + 1, **colonnes)
    return actuelle


@dataclass(frozen=True)
class ChampQuestion:
    cle: str
    partie = ""

    @property
    def libelle(self) -> str:
        return f"Question «\u00a0{self.cle.replace('_', ' ').capitalize()}\u00a0»"

    def nommer(self, candidature) -> str:
        """As the form words it."""
        libelle = libelles(candidature).get(self.cle)
        return f"Question «\u00a0{libelle}\u00a0»" if libelle else self.libelle

    def lire(self, candidature) -> str:
        reponse = candidature.reponses.filter(cle=self.cle).first()
        return en_texte(reponse.type, reponse.valeur) if reponse else ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        question = trouver_question(candidature, self.cle)
        lue = depuis_texte(question, valeur, anciennes(candidature, question))
        ecrire_reponse(candidature, question, lue, par)
