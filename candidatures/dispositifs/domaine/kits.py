"""Publish a kit’s new version; read the published ones."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from candidatures.dispositifs.models import Kit, VersionKit


@transaction.atomic
def publier_version(
    *, kit: Kit, octets: bytes, nom_fichier: str, mime: str, notes: str = "", le=None
) -> VersionKit:
    """Add a version, unless the last one has the same content (then return it)."""
    Kit.objects.select_for_update().get(pk=kit.pk)
    empreinte = hashlib.sha256(octets).hexdigest()
    derniere = kit.versions.order_by("-numero").first()
    if (
        derniere
        and derniere.sha256 == empreinte
        and derniere.fichier.storage.exists(derniere.fichier.name)
    ):
        return derniere
    if derniere and derniere.sha256 == empreinte:
        derniere.fichier.save(nom_fichier, ContentFile(octets), save=False)
        derniere.save(update_fields=["fichier"])
        return derniere
    numero = derniere.numero + 1 if derniere else 1
    racine, _, extension = nom_fichier.rpartition(".")
    version = VersionKit(
        kit=kit,
        numero=numero,
        nom_fichier=f"{racine}-v{numero}.{extension}",
        mime=mime,
        sha256=empreinte,
        taille=len(octets),
        publiee_le=le or timezone.localdate(),
        notes=notes,
    )
    version.fichier.save(f"{racine}-v{numero}.{extension}", ContentFile(octets), save=False)
    version.save()
    return version


def kits_publies():
    """Kits with their versions, newest first."""
    return Kit.objects.select_related("dispositif").prefetch_related(
        Prefetch("versions", queryset=VersionKit.objects.order_by("-numero"))
    )
