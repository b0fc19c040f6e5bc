"""Reads of the contributions, for this room and those above (carnet, feuille de route)."""

from __future__ import annotations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Q, Sum

from ateliers.contributions.domaine.images import avec_retenue
from ateliers.contributions.models import Contribution
from candidatures.dispositifs.choix import College, RessourceNature


def contributions_de_la_seance(seance):
    """Newest first, with what a card shows."""
    contributions = Contribution.objects.filter(seance=seance)
    return avec_retenue(contributions).select_related("hypothese", "site", "saisie_par")


def contributions_de_l_atelier(atelier):
    """In the order of the démarche: by séance, then as they were said."""
    return (
        Contribution.objects.filter(seance__atelier=atelier)
        .select_related("seance", "hypothese", "site")
        .order_by("seance__ordre", "seance_id", "pk")
    )


def etat_du_mur(seance) -> str:
    """Changes whenever a card is added, corrected or removed, or a photo held or released."""
    mesure = avec_retenue(Contribution.objects.filter(seance=seance)).aggregate(
        nombre=Count("pk"),
        dernier=Max("pk"),
        revisions=Sum("revision"),
        retenues=ArrayAgg("pk", filter=Q(photo_retenue=True), order_by="pk", default=[]),
    )
    etat = [mesure["nombre"], mesure["dernier"] or 0, mesure["revisions"] or 0]
    return "-".join(str(valeur) for valeur in etat + mesure["retenues"])


def tables_de(seance) -> list[str]:
    return list(
        Contribution.objects.filter(seance=seance)
        .exclude(table="")
        .order_by("table")
        .values_list("table", flat=True)
        .distinct()
    )


def _repartition(atelier, champ: str, choix) -> list[tuple[str, str, int]]:
    lignes = (
        Contribution.objects.filter(seance__atelier=atelier)
        .order_by()
        .values_list(champ)
        .annotate(nombre=Count("pk"))
    )
    comptes = dict(lignes)
    return [(valeur, libelle, comptes.get(valeur, 0)) for valeur, libelle in choix.choices]


def par_ressource(atelier) -> list[tuple[str, str, int]]:
    """(value, label, count) for the seven kinds: a kind nobody spoke of is an information."""
    return _repartition(atelier, "ressource", RessourceNature)


def par_college(atelier) -> list[tuple[str, str, int]]:
    return _repartition(atelier, "college", College)
