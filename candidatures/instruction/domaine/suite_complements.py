"""A request for compléments already sent: more time, or taken back with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE
from candidatures.dossiers.domaine.recherche import indexer
from candidatures.dossiers.domaine.versions import figer
from candidatures.instruction import journal, notifications
from candidatures.instruction.domaine.commun import ouvrir
from candidatures.instruction.models import DemandeComplement
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import jour_long
from socle.journal.domaine import inscrire

MOTIF_VERSION = "Demande de compléments retirée"


def _ouvrir(demande: DemandeComplement, par) -> DemandeComplement:
    candidature = ouvrir(demande.candidature, par)
    demande = DemandeComplement.objects.select_for_update(of=("self",)).get(pk=demande.pk)
    demande.candidature = candidature
    if demande.repondue_le or candidature.etat != EtatCandidature.A_COMPLETER:
        raise TransitionImpossible("Cette demande n’attend plus de réponse.")
    return demande


@transaction.atomic
def prolonger_complements(*, demande: DemandeComplement, echeance, par) -> DemandeComplement:
    """A later due date, told to the carriers; its reminders start again."""
    demande = _ouvrir(demande, par)
    if echeance <= max(demande.echeance, timezone.localdate()):
        raise ErreurMetier(
            f"Donnez une date à venir, après le {jour_long(demande.echeance)}.", champ="echeance"
        )
    demande.echeance, demande.relances = echeance, []
    demande.save(update_fields=["echeance", "relances"])
    inscrire(
        journal.COMPLEMENTS_PROLONGES,
        objet=demande.candidature,
        par=par,
        jour=jour_long(echeance),
    )
    notifications.complements_prolonges(demande, par)
    return demande


@transaction.atomic
def retirer_complements(*, demande: DemandeComplement, motif: str, par) -> DemandeComplement:
    """The dossier comes back as it is: what its carriers had begun to add is frozen with it."""
    demande = _ouvrir(demande, par)
    candidature = demande.candidature
    CYCLE_CANDIDATURE.appliquer(candidature, "retirer_complements", motif=motif)
    candidature.champs_ouverts = []
    candidature.save(update_fields=["etat", "champs_ouverts", "modifiee_le"])
    figer(candidature=candidature, motif=MOTIF_VERSION, par=par)
    indexer(candidature)
    demande.retiree_le = demande.repondue_le = timezone.now()
    demande.repondue_par, demande.motif_retrait = par, motif.strip()
    demande.save(update_fields=["retiree_le", "repondue_le", "repondue_par", "motif_retrait"])
    inscrire(journal.COMPLEMENTS_RETIRES, objet=candidature, par=par, motif=motif.strip())
    notifications.complements_retires(demande, par)
    return demande
