"""Reads about deliverables and comptes rendus."""

from django.utils import timezone

from ateliers.livrables.choix import EtatLivrable
from ateliers.livrables.models import CompteRendu, Livrable


def livrables_de(atelier):
    """Deliverables of the atelier with their versions, in two queries."""
    return (
        Livrable.objects.filter(atelier=atelier)
        .select_related("seance")
        .prefetch_related("versions__depose_par")
        .order_by("attendu_le", "seance__ordre", "pk")
    )


def livrables_en_retard(atelier):
    return Livrable.objects.filter(
        atelier=atelier,
        attendu_le__lt=timezone.localdate(),
        etat__in=[EtatLivrable.ATTENDU, EtatLivrable.REFUSE],
    ).order_by("attendu_le", "pk")


def comptes_rendus_de(atelier, *, publies: bool = False):
    lignes = CompteRendu.objects.filter(seance__atelier=atelier).select_related("seance")
    return (lignes.filter(publie_le__isnull=False) if publies else lignes).order_by("pk")


def compte_rendu_de(seance):
    return CompteRendu.objects.filter(seance=seance).first()
