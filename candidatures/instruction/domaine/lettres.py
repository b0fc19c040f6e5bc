"""The letter of a prepared decision: its PDF, and its date, which is that of the publication."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.instruction import journal
from candidatures.instruction.choix import GenrePhase
from candidatures.instruction.documents import LETTRE
from candidatures.instruction.droits import decisions_visibles_par, peut_instruire
from candidatures.instruction.models import Decision, PhaseInstruction
from socle.documents.domaine import demander
from socle.documents.models import Document
from socle.erreurs import ActionInterdite, ElementsManquants, Manque
from socle.journal.domaine import inscrire


def preparer_lettre(decision: Decision, par) -> None:
    """The PDF that is previewed; drafts of it that nobody received are forgotten."""
    lettre = demander(LETTRE, objet=decision, par=par)
    perimes = Document.objects.filter(
        cle=LETTRE, objet_type=lettre.objet_type, objet_id=lettre.objet_id
    ).exclude(pk=lettre.pk)
    for fichier in [d.fichier for d in perimes if d.fichier]:
        transaction.on_commit(partial(fichier.storage.delete, fichier.name))
    perimes.delete()


def jour_prevu(appel: Appel) -> date:
    """When the decisions are to be published: the first day of their phase, today without one."""
    jour = timezone.localdate()
    phase = PhaseInstruction.objects.filter(appel=appel, genre=GenrePhase.DECISION).first()
    return max(jour, phase.debut) if phase else jour


def autrement_datees(decisions: Iterable[Decision]) -> list[Decision]:
    """Those whose letter would not bear the day of a publication made now."""
    jour = timezone.localdate()
    return [d for d in decisions if d.datee_du != jour]


@transaction.atomic
def redater_lettres(*, appel: Appel, par) -> int:
    """Today on every pending letter of the appel, made again to be read again."""
    if not peut_instruire(par):
        raise ActionInterdite("Seule la DGALN date les lettres de décision.")
    pendantes = decisions_visibles_par(par).filter(publication=None, candidature__appel=appel.pk)
    decisions = autrement_datees(
        pendantes.select_for_update(of=("self",)).select_related("candidature").order_by("pk")
    )
    if not decisions:
        raise ElementsManquants([Manque("Toutes les lettres sont datées d’aujourd’hui.")])
    for decision in decisions:
        decision.datee_du = timezone.localdate()
        decision.revision += 1
        decision.save(update_fields=["datee_du", "revision"])
        preparer_lettre(decision, par)
    inscrire(journal.LETTRES_REDATEES, objet=appel, par=par, nombre=len(decisions))
    return len(decisions)
