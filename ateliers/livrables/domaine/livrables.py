"""Deposit, acceptance and refusal of livrables."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ateliers.livrables import journal, notifications
from ateliers.livrables.cycle_de_vie import CYCLE_LIVRABLE
from ateliers.livrables.models import Livrable, VersionLivrable
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_contribuer, peut_piloter
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ".odp": ("application/vnd.oasis.opendocument.presentation", b"PK\x03\x04"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
    ),
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        b"PK\x03\x04",
    ),
    ".zip": ("application/zip", b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
TERMINES = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)


def _verrouiller(livrable) -> Livrable:
    atelier = verrouiller(livrable.atelier)
    livrable = Livrable.objects.select_for_update().get(pk=livrable.pk)
    livrable.atelier = atelier
    return livrable


def _verifier_ouvert(atelier) -> None:
    if atelier.etat in TERMINES:
        raise TransitionImpossible("Cet atelier est terminé.")


def controler_fichier(fichier) -> str:
    """Return the MIME type, read from the name and the first bytes; refuse anything else."""
    suffixe = PurePath(fichier.name).suffix.lower()
    if suffixe not in TYPES:
        raise ErreurMetier("Formats acceptés : PDF, ODT, ODP, ODS, DOCX, PPTX, ZIP, PNG, JPEG.")
    if fichier.size > settings.TAILLE_MAX_PIECE:
        maximum = settings.TAILLE_MAX_PIECE // 1024 // 1024
        raise ErreurMetier(f"Ce fichier dépasse {maximum} Mo.")
    mime, signature = TYPES[suffixe]
    fichier.seek(0)
    debut = fichier.read(len(signature))
    fichier.seek(0)
    if debut != signature:
        raise ErreurMetier("Le contenu de ce fichier ne correspond pas à son extension.")
    return mime


def _empreinte(fichier) -> str:
    empreinte = hashlib.sha256()
    for morceau in fichier.chunks():
        empreinte.update(morceau)
    fichier.seek(0)
    return empreinte.hexdigest()


@transaction.atomic
def deposer_version(*, livrable, par, fichier, remarque=""):
    """Add a version; the pilot then reads it."""
    livrable = _verrouiller(livrable)
    exiger(peut_contribuer(par, livrable.atelier), "Le dépôt revient aux acteurs de l’atelier.")
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.verifier(livrable, "deposer")
    mime = controler_fichier(fichier)
    version = VersionLivrable.objects.create(
        livrable=livrable,
        numero=livrable.versions.count() + 1,
        fichier=fichier,
        nom=PurePath(fichier.name).name[:200],
        mime=mime,
        taille=fichier.size,
        sha256=_empreinte(fichier),
        remarque=remarque,
        depose_par=par,
        depose_le=timezone.now(),
    )
    CYCLE_LIVRABLE.appliquer(livrable, "deposer")
    livrable.save(update_fields=["etat"])
    inscrire(
        journal.DEPOSE,
        objet=livrable.atelier,
        par=par,
        titre=livrable.titre,
        numero=version.numero,
    )
    notifications.depot(livrable, version, par)
    return version


@transaction.atomic
def accepter(*, livrable, par):
    livrable = _verrouiller(livrable)
    exiger(peut_piloter(par, livrable.atelier))
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "accepter")
    livrable.save(update_fields=["etat"])
    inscrire(journal.ACCEPTE, objet=livrable.atelier, par=par, titre=livrable.titre)
    return livrable


@transaction.atomic
def refuser(*, livrable, par, motif):
    """Ask for another version; the reason stays with the refused one."""
    livrable = _verrouiller(livrable)
    exiger(peut_piloter(par, livrable.atelier))
    _verifier_ouvert(livrable.atelier)
    CYCLE_LIVRABLE.appliquer(livrable, "refuser", motif=motif)
    livrable.save(update_fields=["etat"])
    version = livrable.versions.first()
    version.motif_refus = motif
    version.save(update_fields=["motif_refus"])
    inscrire(journal.REFUSE, objet=livrable.atelier, par=par, motif=motif, titre=livrable.titre)
    notifications.reprise(livrable, motif, par)
    return livrable


@transaction.atomic
def attendre(*, atelier, par, titre, seance=None, attendu_le=None):
    """Add a livrable that the dispositif does not list."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    _verifier_ouvert(atelier)
    if seance is not None and seance.atelier_id != atelier.pk:
        raise ErreurMetier("Cette séance appartient à un autre atelier.")
    cle = slugify(titre)[:60]
    if Livrable.objects.filter(atelier=atelier, cle=cle).exists():
        raise ErreurMetier("Ce livrable existe déjà.")
    livrable = Livrable.objects.create(
        atelier=atelier, cle=cle, titre=titre, seance=seance, attendu_le=attendu_le
    )
    inscrire(journal.ATTENDU, objet=atelier, par=par, titre=titre)
    return livrable
