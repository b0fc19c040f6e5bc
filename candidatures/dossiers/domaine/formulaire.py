"""The form that a dossier answers: the published one while a draft, its own once deposited."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from candidatures.appels.domaine import formulaires
from candidatures.appels.domaine.versions import PieceDemandee, pieces_demandees, publiee
from candidatures.appels.models import VersionFormulaire
from candidatures.dossiers import notifications
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.models import Candidature


@dataclass(frozen=True)
class FormulaireDossier:
    version: VersionFormulaire | None
    questions: tuple = ()
    pieces: tuple[PieceDemandee, ...] = ()
    aides: dict = field(default_factory=dict)

    @property
    def numero(self) -> int | None:
        return self.version.numero if self.version else None


def formulaire(candidature: Candidature) -> FormulaireDossier:
    """Kept on the instance: every part of a page reads the same one."""
    if (connu := getattr(candidature, "_formulaire_lu", None)) is not None:
        return connu
    version = candidature.formulaire if candidature.deposee_le else publiee(candidature.appel)
    questions = sorted(version.questions.all(), key=lambda q: (q.ordre, q.pk)) if version else ()
    lu = FormulaireDossier(
        version=version,
        questions=tuple(questions),
        pieces=tuple(pieces_demandees(candidature.appel, version)),
        aides=version.aides if version else {},
    )
    candidature._formulaire_lu = lu
    return lu


@transaction.atomic
def publier_revision(*, version: VersionFormulaire, par) -> VersionFormulaire:
    """Freeze the revision, and tell those who write a draft what changed. Nothing is rewritten."""
    version = formulaires.figer_revision(version=version, par=par)
    brouillons = Candidature.objects.filter(
        appel=version.appel, etat=EtatCandidature.BROUILLON
    ).select_related("appel__dispositif")
    for candidature in brouillons.prefetch_related("portages").order_by("pk"):
        notifications.formulaire_revise(candidature, version, par)
    return version
