"""The call's own questions as columns of an import, each cell checked as the form checks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.conditions import sans_reponse
from candidatures.appels.domaine.valeurs import NON, OUI, depuis_texte
from candidatures.appels.domaine.versions import publiee, regle
from candidatures.dossiers.models import Reponse
from socle.erreurs import ErreurMetier
from socle.territoires.texte import plier

TYPES = (T.TEXTE, T.TEXTE_LONG, T.NOMBRE, T.CHOIX, T.CHOIX_MULTIPLES, T.DATE, T.OUI_NON)
FORMATS_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y")
DATES = "écrivez 15/01/2026 ou 2026-01-15"


def lire_date(texte: str) -> date | None:
    for modele in FORMATS_DATE:
        try:
            return datetime.strptime(texte, modele).date()
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class QuestionsAppel:
    """The questions that a cell can answer, by the name of their column."""

    version: object = None
    toutes: tuple = ()
    colonnes: dict = field(default_factory=dict)

    def presentes(self, entetes) -> QuestionsAppel:
        """Only those that a file has."""
        gardees = {nom: q for nom, q in self.colonnes.items() if nom in entetes}
        return QuestionsAppel(self.version if gardees else None, self.toutes, gardees)


def questions_de(appel, prises=()) -> QuestionsAppel:
    """`prises`: names that other columns bear; no two columns may bear the same."""
    version = publiee(appel)
    if version is None:
        return QuestionsAppel()
    connues = {plier(nom) for nom in prises}
    colonnes = {}
    for question in version.questions.all():
        if question.type not in TYPES:
            continue
        nom, rang = question.libelle, 1
        while plier(nom) in connues:
            rang += 1
            nom = f"{question.libelle} (question {rang})"
        connues.add(plier(nom))
        colonnes[nom] = question
    return QuestionsAppel(version, tuple(version.questions.all()), colonnes)


def exemple(question) -> str:
    """A cell that the import accepts."""
    if question.type in (T.CHOIX, T.CHOIX_MULTIPLES):
        return question.options[0]
    if question.type == T.NOMBRE:
        bornes = [b for b in (question.minimum, question.maximum) if b is not None]
        return format((bornes or [1])[0], "f").rstrip("0").rstrip(".") if bornes else "1"
    return {T.DATE: "15/01/2026", T.OUI_NON: "oui"}.get(question.type, "Votre réponse")


def lire(question, texte: str):
    """The stored answer of a cell, or a sentence."""
    if not texte:
        return None
    if question.type == T.DATE:
        lue = lire_date(texte)
        if lue is None:
            raise ErreurMetier(f"«\u00a0{texte}\u00a0» n’est pas une date\u00a0: {DATES}.")
        return depuis_texte(question, lue.isoformat())
    if question.type == T.OUI_NON:
        return depuis_texte(question, _un(texte, (OUI, NON)))
    if question.type == T.CHOIX:
        return depuis_texte(question, _un(texte, question.options))
    if question.type == T.CHOIX_MULTIPLES:
        noms = [nom.strip() for nom in texte.split(";") if nom.strip()]
        return depuis_texte(question, "\n".join(_un(nom, question.options) for nom in noms))
    return depuis_texte(question, texte)


def _un(nom: str, options) -> str:
    """The option that these letters name, whatever their case and accents."""
    for option in options:
        if plier(option) == plier(nom):
            return option
    proposes = ", ".join(f"«\u00a0{o}\u00a0»" for o in options)
    raise ErreurMetier(f"«\u00a0{nom}\u00a0» n’est pas un choix\u00a0: {proposes}.")


def absentes(questions: QuestionsAppel, reponses: dict) -> list[str]:
    """Columns of the file whose answer is required, asked, and not there."""
    manquantes = set(sans_reponse([regle(q) for q in questions.toutes], reponses))
    return [nom for nom, q in questions.colonnes.items() if q.cle in manquantes]


def ecrire(candidature, questions: QuestionsAppel, reponses: dict, par) -> None:
    Reponse.objects.bulk_create(
        Reponse(
            candidature=candidature,
            cle=q.cle,
            type=q.type,
            libelle=q.libelle,
            valeur=reponses[q.cle],
            revision=1,
            modifiee_le=timezone.now(),
            modifiee_par=par,
        )
        for q in questions.colonnes.values()
        if reponses.get(q.cle) is not None
    )
