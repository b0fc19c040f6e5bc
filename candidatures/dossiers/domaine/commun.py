"""What every verb of the room does first: lock, check the right, check the revision."""

from __future__ import annotations

from django.utils import timezone

from candidatures.dossiers.droits import peut_modifier
from candidatures.dossiers.models import Candidature
from socle.erreurs import ActionInterdite, ConflitDeVersion


def verrouiller(candidature: Candidature) -> Candidature:
    """The locked row, with what the verbs read."""
    return (
        Candidature.objects.select_for_update(of=("self",))
        .select_related("appel__dispositif", "perimetre", "service_pilote")
        .get(pk=candidature.pk)
    )


def verifier_modification(candidature: Candidature, par) -> None:
    if not peut_modifier(par, candidature):
        raise ActionInterdite("Seuls les porteurs modifient le dossier, tant qu’il est ouvert.")


def verifier_revision(partie, revision: int) -> None:
    """Raise ConflitDeVersion with the stored part when a colleague saved first."""
    if partie.revision != revision:
        raise ConflitDeVersion(partie)


def marquer(partie, par, *champs: str) -> None:
    """Count the save of a part: its revision, who and when."""
    partie.revision += 1
    partie.modifiee_le = timezone.now()
    partie.modifiee_par = par
    partie.save(update_fields=["revision", "modifiee_le", "modifiee_par", *champs])
    Candidature.objects.filter(pk=partie.candidature_id).update(modifiee_le=timezone.now())
