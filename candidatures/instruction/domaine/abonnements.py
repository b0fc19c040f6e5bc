"""What the rooms below announce, and what becomes of the computed recusals."""

from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import deports
from candidatures.instruction.domaine.profils import lecteurs
from socle.abonnes import CANDIDATURE, ORGANISME, PERIMETRE, PERSONNE, abonner


def _perimetre_change(perimetre) -> None:
    for candidature in Candidature.objects.filter(perimetre=perimetre):
        deports.recalculer(candidature)


def _personne_change(personne) -> None:
    deports.recalculer_pour(lecteurs().filter(pk=personne.pk))


def _organisme_change(organisme) -> None:
    deports.recalculer_pour(lecteurs().filter(organisme=organisme))


abonner(CANDIDATURE, deports.recalculer)
abonner(PERIMETRE, _perimetre_change)
abonner(PERSONNE, _personne_change)
abonner(ORGANISME, _organisme_change)
