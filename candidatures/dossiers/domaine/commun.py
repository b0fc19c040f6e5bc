"""What every verb of the room does first: lock, check the right, check the revision."""

from __future__ import annotations

from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature
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


TOUT_LE_DOSSIER = "*"
PORTEURS = "rubrique:identite"


def champ_ouvert(candidature: Candidature, champ: str) -> bool:
    """A brouillon is open; during a request for compléments, only what it names."""
    if candidature.etat != EtatCandidature.A_COMPLETER:
        return True
    ouverts = candidature.champs_ouverts
    return TOUT_LE_DOSSIER in ouverts or champ in ouverts


def porteurs_ouverts(candidature: Candidature) -> bool:
    """Who carries the dossier is written in its identity."""
    return champ_ouvert(candidature, PORTEURS)


def verifier_modification(candidature: Candidature, par, champ: str | None = None) -> None:
    """`champ`: "section:objet", "rubrique:themes", "piece:note", "question:cle"; None: no field."""
    if not peut_modifier(par, candidature):
        raise ActionInterdite("Seuls les porteurs modifient le dossier, tant qu’il est ouvert.")
    if champ is not None:
        exiger_champ_ouvert(candidature, champ)


def exiger_champ_ouvert(candidature: Candidature, champ: str) -> None:
    if not champ_ouvert(candidature, champ):
        raise ActionInterdite(
            "La demande de compléments ne porte pas sur cette partie\u00a0: elle ne se modifie pas."
        )


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
