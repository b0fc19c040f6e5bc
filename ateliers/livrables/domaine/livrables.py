"""Deliverables: the team deposits versions, the pilot accepts or asks for another."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ateliers.livrables import journal, notifications
from ateliers.livrables.cycle_de_vie import CYCLE_LIVRABLE
from ateliers.livrables.models import Livrable, VersionLivrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.droits import est_equipe, exiger, peut_piloter
from candidatures.dossiers.domaine.pieces import verifier_fichier
from socle.erreurs import TransitionImpossible
from socle.journal.domaine import inscrire


def peut_deposer(utilisateur, atelier) -> bool:
    """The team writes the deliverables; the pilot may deposit for it."""
    return est_equipe(utilisateur, atelier) or peut_piloter(utilisateur, atelier)


def _verrouiller(livrable) -> Livrable:
    return (
        Livrable.objects.select_for_update(of=("self",))
        .select_related("atelier")
        .get(pk=livrable.pk)
    )


def _verifier_ouvert(atelier) -> None:
    if atelier.etat in (EtatAtelier.CLOS, EtatAtelier.ABANDONNE):
        raise TransitionImpossible("Cet atelier est terminé.")


@transaction.atomic
def deposer(*, livrable: Livrable, nom: str, octets: bytes, par, remarque: str = ""):
    """Add a version (numbered from 1, sniffed type); the former ones stay."""
    livrable = _verrouiller(livrable)
    exiger(
        peut_deposer(par, livrable.atelier),
        "Les livrables sont déposés par l’équipe ou par le service pilote.",
    )
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "completer" if livrable.reserve else "deposer")
    nom, mime = verifier_fichier(nom, octets)
    derniere = livrable.versions.order_by("-numero").first()
    version = VersionLivrable(
        livrable=livrable,
        numero=derniere.numero + 1 if derniere else 1,
        nom=nom,
        mime=mime,
        taille=len(octets),
        sha256=hashlib.sha256(octets).hexdigest(),
        remarque=remarque,
        depose_par=par,
        depose_le=timezone.now(),
    )
    version.fichier.save(nom, ContentFile(octets), save=False)
    version.save()
    livrable.save(update_fields=["etat"])
    inscrire(
        journal.LIVRABLE_DEPOSE,
        objet=livrable.atelier,
        par=par,
        numero=version.numero,
        titre=livrable.titre,
    )
    notifications.depot(livrable, version, par)
    return version


@transaction.atomic
def accepter(*, livrable: Livrable, par, reserves: str = "") -> Livrable:
    """Accept, with or without reservations; these stay until they are lifted."""
    livrable = _verrouiller(livrable)
    exiger(peut_piloter(par, livrable.atelier))
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "accepter")
    livrable.accepte_le, livrable.reserves = timezone.localdate(), reserves.strip()
    livrable.save(update_fields=["etat", "accepte_le", "reserves"])
    action = journal.LIVRABLE_RESERVES if livrable.reserves else journal.LIVRABLE_ACCEPTE
    inscrire(action, objet=livrable.atelier, par=par, motif=livrable.reserves, titre=livrable.titre)
    if livrable.reserves:
        notifications.reserves(livrable, par)
    return livrable


@transaction.atomic
def lever_reserves(*, livrable: Livrable, par) -> Livrable:
    livrable = _verrouiller(livrable)
    exiger(peut_piloter(par, livrable.atelier))
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "lever")
    if not livrable.reserve:
        raise TransitionImpossible("Ce livrable ne porte aucune réserve.")
    livrable.reserves_levees_le = timezone.localdate()
    livrable.save(update_fields=["reserves_levees_le"])
    inscrire(journal.LIVRABLE_LEVEES, objet=livrable.atelier, par=par, titre=livrable.titre)
    return livrable


@transaction.atomic
def refuser(*, livrable: Livrable, par, motif: str) -> Livrable:
    """Ask for another version; the reason is kept on the version refused."""
    livrable = _verrouiller(livrable)
    exiger(peut_piloter(par, livrable.atelier))
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "refuser", motif=motif)
    version = livrable.versions.order_by("-numero").first()
    version.motif_refus = motif
    version.save(update_fields=["motif_refus"])
    livrable.save(update_fields=["etat"])
    inscrire(
        journal.LIVRABLE_REFUSE,
        objet=livrable.atelier,
        par=par,
        motif=motif,
        titre=livrable.titre,
    )
    notifications.reprise(livrable, motif, par)
    return livrable
