"""Make the file of an export, in the worker; forget those too old."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from socle.courriels.domaine import deposer, lien
from socle.erreurs import ActionInterdite
from socle.exports import formats
from socle.exports.choix import EtatExport, FormatExport
from socle.exports.declaration import Demande, Feuille, declaration
from socle.exports.droits import peut_demander
from socle.exports.models import Export

DUREE = timedelta(days=30)
PAS = 250  # rows between two writings of the progress


def oublier_fichier(export: Export) -> None:
    if export.fichier:
        fichier = export.fichier
        transaction.on_commit(lambda: fichier.storage.delete(fichier.name), robust=True)


def fabriquer(export_id: str) -> bool:
    """In the worker. Running it twice changes nothing; a failure is told on the screen."""
    pris = Export.objects.filter(pk=export_id, etat=EtatExport.DEMANDE)
    if not pris.update(etat=EtatExport.EN_COURS, fait=0):
        return False
    export = Export.objects.select_related("demande_par__organisme").get(pk=export_id)
    try:
        _ecrire(export)
    except Exception as erreur:  # whatever happens ends up on screen
        export.etat = EtatExport.ECHEC
        export.erreur = f"{type(erreur).__name__} : {erreur}"[:1000]
        export.save(update_fields=["etat", "erreur"])
        return False
    return True


def _ecrire(export: Export) -> None:
    par, declaree = export.demande_par, declaration(export.cle)
    if not peut_demander(par, export.cle):
        raise ActionInterdite("Vos droits ont changé depuis la demande.")
    demande = Demande(par, export.parametres, tuple(export.colonnes), tuple(export.options))
    objets = declaree.objets(demande)
    export.objets, export.total = objets, len(objets)
    export.save(update_fields=["objets", "total"])
    demande = Demande(par, demande.parametres, demande.colonnes, demande.options, tuple(objets))
    with tempfile.TemporaryDirectory() as dossier:
        chemin, extension = _fichier(export, declaree, demande, Path(dossier))
        _ranger(export, chemin, extension)


def _suivies(export: Export, feuilles):
    """The same sheets; the first one’s rows are counted as they are read."""
    for rang, feuille in enumerate(feuilles):
        yield (
            feuille
            if rang
            else Feuille(feuille.titre, feuille.entetes, _comptees(export, feuille.lignes))
        )


def _comptees(export: Export, lignes):
    for nombre, ligne in enumerate(lignes, start=1):
        if nombre % PAS == 0:
            Export.objects.filter(pk=export.pk).update(fait=nombre)
        yield ligne


def _fichier(export, declaree, demande, dossier: Path) -> tuple[Path, str]:
    feuilles = _suivies(export, declaree.feuilles(demande))
    avec_fichiers = declaree.fichiers is not None and "fichiers" in demande.options
    groupes = export.format == FormatExport.CSV and (demande.options or avec_fichiers)
    chemin = dossier / f"export.{export.format}"
    if not groupes:
        ecrire = {"csv": formats.ecrire_csv, "xlsx": formats.ecrire_xlsx, "ods": formats.ecrire_ods}
        ecrire[export.format](str(chemin), feuilles)
        if not avec_fichiers:
            return chemin, export.format
    archive_chemin = dossier / "export.zip"
    with zipfile.ZipFile(archive_chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        if groupes:
            formats.ecrire_csv_groupes(archive, feuilles)
        else:
            archive.write(chemin, chemin.name)
        for nom, fichier in declaree.fichiers(demande) if avec_fichiers else ():
            _ajouter(archive, nom, fichier)
    return _seul(archive_chemin, dossier)


def _seul(archive_chemin: Path, dossier: Path) -> tuple[Path, str]:
    """A file alone is delivered as itself."""
    with zipfile.ZipFile(archive_chemin) as archive:
        if len(noms := archive.namelist()) != 1:
            return archive_chemin, "zip"
        seul = Path(archive.extract(noms[0], dossier / "seul"))
    return seul, seul.suffix.lstrip(".")


def _ajouter(archive: zipfile.ZipFile, nom: str, fichier) -> None:
    """A file that is no longer there is left out."""
    with (
        suppress(FileNotFoundError),
        fichier.open("rb") as source,
        archive.open(nom, "w") as sortie,
    ):
        for bloc in source.chunks():
            sortie.write(bloc)


def _ranger(export: Export, chemin: Path, extension: str) -> None:
    empreinte = hashlib.sha256()
    with chemin.open("rb") as source:
        while bloc := source.read(1 << 20):
            empreinte.update(bloc)
    maintenant = timezone.now()
    with transaction.atomic():
        with chemin.open("rb") as source:
            export.fichier.save(f"{export.pk}.{extension}", File(source), save=False)
        export.nom = f"{export.cle}-{timezone.localdate():%Y-%m-%d}.{extension}"
        export.sha256, export.taille = empreinte.hexdigest(), chemin.stat().st_size
        export.etat, export.fait = EtatExport.PRET, export.total
        export.pret_le, export.expire_le = maintenant, maintenant + DUREE
        export.save()
        deposer(
            "export_pret",
            a=[export.demande_par],
            contexte={"export": export, "lien": lien(reverse("exports:liste"))},
            objet=export,
        )


def expirer() -> int:
    """Every night: files too old are deleted, their line stays."""
    perimes = Export.objects.filter(etat=EtatExport.PRET, expire_le__lte=timezone.now())
    nombre = 0
    for export in perimes.iterator():
        with transaction.atomic():
            oublier_fichier(export)
            export.etat, export.fichier, export.objets = EtatExport.EXPIRE, "", []
            export.save(update_fields=["etat", "fichier", "objets"])
        nombre += 1
    return nombre
