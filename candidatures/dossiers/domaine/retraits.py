"""What a carrier that leaves takes away with it: the deposit, the mandates given or received."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from candidatures.dossiers import journal
from candidatures.dossiers.models import Candidature
from socle.comptes.models import Organisme
from socle.journal.domaine import inscrire


def retirer_mandats(candidature: Candidature, lesquels: Q, *, motif: str, par) -> None:
    """Inside the verb’s transaction: those in force, each told in the history."""
    for mandat in candidature.mandats.filter(lesquels, retire_le=None).select_related("mandant"):
        mandat.retire_le, mandat.retire_par, mandat.motif_retrait = timezone.now(), par, motif
        mandat.save(update_fields=["retire_le", "retire_par", "motif_retrait"])
        inscrire(
            journal.MANDAT_RETIRE,
            objet=candidature,
            par=par,
            motif=motif,
            mandant=mandat.mandant.nom,
        )


def detacher(candidature: Candidature, organisme: Organisme, *, motif: str, par) -> None:
    """The organisation no longer carries it: nobody deposits for it, no mandate binds it."""
    if candidature.deposant_id and candidature.deposant.organisme_id == organisme.pk:
        ecrit = candidature.coauteurs.filter(
            utilisateur=candidature.deposant_id, accepte_le__isnull=False, revoque_le=None
        )
        if not ecrit.exists():
            candidature.deposant = None
            candidature.save(update_fields=["deposant", "modifiee_le"])
    retirer_mandats(
        candidature, Q(mandant=organisme) | Q(mandataire=organisme), motif=motif, par=par
    )
