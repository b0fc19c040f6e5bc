"""Ask for an export, keep a template, delete."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import Truncator

from socle.erreurs import ActionInterdite, ElementsManquants, Manque
from socle.exports.choix import FormatExport
from socle.exports.declaration import Demande, declaration
from socle.exports.droits import peut_demander
from socle.exports.fabrication import oublier_fichier
from socle.exports.models import Export, ModeleExport


@transaction.atomic
def demander(
    *, cle: str, parametres: str, colonnes: list[str], format: str, options: list[str], par
) -> Export:
    if not peut_demander(par, cle):
        raise ActionInterdite("Cet export ne vous est pas ouvert.")
    declaree = declaration(cle)
    permises = [c.cle for c in declaree.colonnes(par)]
    gardees = [c for c in permises if c in colonnes]
    if not gardees:
        raise ElementsManquants([Manque("Choisissez au moins une colonne.")])
    if format not in FormatExport.values:
        raise ElementsManquants([Manque("Choisissez un format.")])
    connues = dict(declaree.options(par))
    export = Export.objects.create(
        cle=cle,
        titre=declaree.titre,
        parametres=parametres[:4000],
        portee=Truncator(declaree.decrire(Demande(par, parametres[:4000]))).chars(300),
        colonnes=gardees,
        options=[o for o in options if o in connues],
        format=format,
        demande_par=par,
    )
    _fabriquer_apres_commit(export)
    return export


def _fabriquer_apres_commit(export: Export) -> None:
    from socle.exports.tasks import produire

    transaction.on_commit(lambda: produire.delay(str(export.pk)), robust=True)


@transaction.atomic
def garder_modele(
    *, cle: str, nom: str, colonnes: list[str], options: list[str], format: str, partage: bool, par
) -> ModeleExport:
    nom = " ".join(nom.split())[:80]
    connues = dict(declaration(cle).options(par))
    gardees = [o for o in options if o in connues]
    modele, _ = ModeleExport.objects.update_or_create(
        proprietaire=par,
        cle=cle,
        nom=nom,
        defaults={
            "colonnes": colonnes,
            "options": gardees,
            "format": format,
            "partage": partage,
        },
    )
    return modele


@transaction.atomic
def supprimer(*, export: Export, par) -> None:
    if export.demande_par_id != par.pk:
        raise ActionInterdite("Cet export appartient à quelqu’un d’autre.")
    oublier_fichier(export)
    export.delete()
