"""Reads of the form of a call: its versions, the pieces it asks for, what a draft changes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from candidatures.appels.choix import EtatVersion, UsagePiece
from candidatures.appels.domaine import comparaison
from candidatures.appels.domaine.conditions import Condition, Regle
from candidatures.appels.models import Appel, Question, VersionFormulaire


@dataclass(frozen=True)
class PieceDemandee:
    """A piece as this call asks for it."""

    requise: object
    usage: str
    aide: str

    @property
    def pk(self):
        return self.requise.pk

    @property
    def cle(self):
        return self.requise.cle

    @property
    def libelle(self):
        return self.requise.libelle

    @property
    def obligatoire(self) -> bool:
        return self.usage == UsagePiece.OBLIGATOIRE


def complete(versions):
    """With its questions in order and its pieces, in three queries."""
    return versions.prefetch_related(
        Prefetch("questions", queryset=Question.objects.order_by("ordre", "pk")), "pieces"
    )


def publiee(appel: Appel) -> VersionFormulaire | None:
    return (
        complete(appel.versions_formulaire.filter(etat=EtatVersion.PUBLIEE))
        .order_by("-numero")
        .first()
    )


def en_preparation(appel: Appel) -> VersionFormulaire | None:
    return complete(appel.versions_formulaire.filter(etat=EtatVersion.BROUILLON)).first()


def pieces_demandees(appel: Appel, version: VersionFormulaire | None) -> list[PieceDemandee]:
    """The dispositif's pieces, as this version sets them (as the dispositif does without one)."""
    reglages = {r.piece_requise_id: r for r in version.pieces.all()} if version else {}
    demandees = []
    for requise in appel.dispositif.pieces.all():
        reglage = reglages.get(requise.pk)
        defaut = UsagePiece.OBLIGATOIRE if requise.obligatoire else UsagePiece.FACULTATIVE
        usage = reglage.usage if reglage else defaut
        if usage != UsagePiece.NON_DEMANDEE:
            aide = reglage.aide if reglage and reglage.aide else requise.aide
            demandees.append(PieceDemandee(requise, usage, aide))
    return demandees


def regle(question: Question) -> Regle:
    return Regle(question.cle, question.obligatoire, Condition.lire(question.condition))


def changements(version: VersionFormulaire) -> list[comparaison.Changement]:
    """From the published version to this draft."""
    appel = version.appel
    avant = publiee(appel)
    questions = list(version.questions.order_by("ordre", "pk"))
    anciennes = list(avant.questions.all()) if avant else []
    noms = {p.pk: p.libelle for p in appel.dispositif.pieces.all()}
    return (
        comparaison.comparer_questions(anciennes, questions)
        + comparaison.comparer_usages(_usages(appel, avant), _usages(appel, version), noms)
        + comparaison.comparer_aides(avant.aides if avant else {}, version.aides)
    )


def _usages(appel, version) -> dict:
    demandees = {p.pk: (p.usage, p.aide) for p in pieces_demandees(appel, version)}
    return {
        p.pk: demandees.get(p.pk, (UsagePiece.NON_DEMANDEE, ""))
        for p in appel.dispositif.pieces.all()
    }
