"""Reminders of the due date of compléments: a week before, the day before, the day after."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature
from candidatures.instruction import notifications
from candidatures.instruction.models import DemandeComplement

RAPPELS = (("j-7", -7), ("j-1", -1), ("j+1", 1))


def rappel_du(echeance: date, aujourdhui: date, envoyes) -> str | None:
    """The reminder due today. One missed day (worker down) is caught up, never doubled."""
    dus = [cle for cle, ecart in RAPPELS if echeance + timedelta(days=ecart) <= aujourdhui]
    if not dus or dus[-1] in envoyes:
        return None
    return dus[-1]


@transaction.atomic
def relancer_une(pk: int, aujourdhui: date) -> str | None:
    demande = (
        DemandeComplement.objects.select_for_update(of=("self",))
        .select_related("candidature__appel__dispositif")
        .get(pk=pk)
    )
    ouverte = demande.candidature.etat == EtatCandidature.A_COMPLETER and not demande.repondue_le
    rappel = rappel_du(demande.echeance, aujourdhui, demande.relances) if ouverte else None
    if rappel is None:
        return None
    demande.relances = [*demande.relances, rappel]
    demande.save(update_fields=["relances"])
    notifications.rappel_complements(demande, rappel)
    return rappel


def relancer(aujourdhui: date | None = None) -> int:
    """Called by beat; running it twice in a day sends nothing twice."""
    aujourdhui = aujourdhui or timezone.localdate()
    limite = aujourdhui + timedelta(days=7)
    ouvertes = DemandeComplement.objects.filter(
        repondue_le__isnull=True,
        echeance__lte=limite,
        candidature__etat=EtatCandidature.A_COMPLETER,
    )
    pks = list(ouvertes.order_by("pk").values_list("pk", flat=True))
    return sum(1 for pk in pks if relancer_une(pk, aujourdhui))
