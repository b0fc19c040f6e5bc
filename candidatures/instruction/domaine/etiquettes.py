"""Labels of the DGALN: put on one dossier or on many, taken off, kept in the thesaurus."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count

from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.models import Etiquette, PoseEtiquette
from socle.erreurs import ActionInterdite, ElementsManquants, Manque
from socle.journal.domaine import inscrire


def _verifier(par) -> None:
    if not peut_instruire(par):
        raise ActionInterdite("Les étiquettes sont réservées à la DGALN.")


def _etiquette(nom: str, par) -> Etiquette:
    """The one of that name, whatever its case, or a new free one."""
    nom = " ".join(nom.split())[:60]
    if not nom:
        raise ElementsManquants([Manque("Donnez un nom à l’étiquette.")])
    existante = Etiquette.objects.filter(nom__iexact=nom).first()
    return existante or Etiquette.objects.create(nom=nom, creee_par=par)


@transaction.atomic
def etiqueter(*, candidatures: list[Candidature], nom: str, par) -> int:
    """Put a label; returns how many dossiers did not bear it yet."""
    _verifier(par)
    etiquette = _etiquette(nom, par)
    deja = set(
        PoseEtiquette.objects.filter(etiquette=etiquette, candidature__in=candidatures).values_list(
            "candidature_id", flat=True
        )
    )
    nouvelles = [c for c in candidatures if c.pk not in deja]
    PoseEtiquette.objects.bulk_create(
        [PoseEtiquette(candidature=c, etiquette=etiquette, posee_par=par) for c in nouvelles],
        ignore_conflicts=True,
    )
    for candidature in nouvelles:
        inscrire(journal.ETIQUETEE, objet=candidature, par=par, etiquette=etiquette.nom)
    return len(nouvelles)


@transaction.atomic
def decoller(*, pose: PoseEtiquette, par) -> None:
    """Take a label off; a free one that nothing bears any more disappears."""
    _verifier(par)
    etiquette = pose.etiquette
    inscrire(journal.ETIQUETTE_RETIREE, objet=pose.candidature, par=par, etiquette=etiquette.nom)
    pose.delete()
    if not etiquette.du_thesaurus and not etiquette.poses.exists():
        etiquette.delete()


@transaction.atomic
def ranger(*, nom: str, par) -> Etiquette:
    """Put a label in the shared thesaurus."""
    _verifier(par)
    etiquette = _etiquette(nom, par)
    etiquette.du_thesaurus = True
    etiquette.save(update_fields=["du_thesaurus"])
    return etiquette


@transaction.atomic
def sortir(*, etiquette: Etiquette, par) -> None:
    """Take it out of the thesaurus: it stays on the dossiers that bear it."""
    _verifier(par)
    etiquette = Etiquette.objects.select_for_update().get(pk=etiquette.pk)
    etiquette.du_thesaurus = False
    etiquette.save(update_fields=["du_thesaurus"])
    if not etiquette.poses.exists():
        etiquette.delete()


def toutes():
    return Etiquette.objects.annotate(nombre=Count("poses")).order_by("-du_thesaurus", "nom")
