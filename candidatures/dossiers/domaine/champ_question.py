"""The answer to a question of the call as one field of the catalogue (`question.<clé>`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from candidatures.appels.choix import TypeQuestion
from candidatures.appels.domaine.valeurs import convient, depuis_texte, en_texte, lisible
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


def perdue(question, reponse: Reponse | None) -> str:
    """What the present question cannot hold of an older answer, as text."""
    if reponse is None:
        return ""
    reste = ""
    if not convient(question.type, reponse.valeur, question.options):
        reste = lisible(reponse.type, reponse.valeur)
    return " ; ".join(t for t in (reponse.ancienne, reste) if t)


def ecrire_reponse(candidature, question, valeur, par) -> Reponse:
    """Set the answer, count its revision, keep what a change of type would lose."""
    actuelle = candidature.reponses.filter(cle=question.cle).first()
    colonnes = {
        "type": question.type,
        "libelle": question.libelle,
        "valeur": valeur,
        "ancienne": perdue(question, actuelle),
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

    def lire(self, candidature) -> str:
        reponse = candidature.reponses.filter(cle=self.cle).first()
        return en_texte(reponse.type, reponse.valeur) if reponse else ""

    def ecrire(self, candidature, valeur: str, par) -> None:
        question = trouver_question(candidature, self.cle)
        ecrire_reponse(candidature, question, depuis_texte(question, valeur), par)
