"""Outlines of the communes: loaded from the committed file, read by département or by place."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Max, Min, Q

from socle.erreurs import ErreurMetier
from socle.territoires.choix import GenreEvenement
from socle.territoires.domaine.millesimes import FICHIER as FICHIER_COG
from socle.territoires.domaine.millesimes import lire_json
from socle.territoires.models import Commune, ContourCommune, Perimetre
from socle.territoires.polyligne import PAS, anneaux

FICHIER = FICHIER_COG.parent / "contours.json.gz"
CREDIT = "© les contributeurs d’OpenStreetMap ; IGN"
COLONNES = ("commune_id", "geometrie", "surface_km2", "ouest", "sud", "est", "nord", "millesime")


def _ligne(code: str, surface: float, geometrie: str, millesime: int) -> tuple:
    points = [point for polygone in anneaux(geometrie) for point in polygone[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return code, geometrie, surface, min(xs), min(ys), max(xs), max(ys), millesime


def _copier(lignes: list[tuple]) -> None:
    """COPY: thirty-five thousand rows in one go."""
    table = connection.ops.quote_name(ContourCommune._meta.db_table)
    with (
        connection.cursor() as curseur,
        curseur.copy(f"copy {table} ({', '.join(COLONNES)}) from stdin") as copie,
    ):
        for ligne in lignes:
            copie.write_row(ligne)


@transaction.atomic
def importer_contours(
    departements: Collection[str] = (), *, fichier: Path | None = None
) -> dict[str, int]:
    """Replace the outlines that the file holds; keep those of ended communes that it lacks."""
    lu = lire_json(fichier or FICHIER)
    if lu.get("pas") != PAS:
        raise ErreurMetier("Le fichier n’est pas une liste de contours de communes.")
    communes = Commune.objects.all()
    if departements:
        communes = communes.filter(departement__in=departements)
    codes = set(communes.values_list("code", flat=True))
    lignes = [
        _ligne(code, surface, geometrie, lu["millesime"])
        for code, (surface, geometrie) in lu["contours"].items()
        if code in codes
    ]
    ContourCommune.objects.filter(pk__in=[ligne[0] for ligne in lignes]).delete()
    _copier(lignes)
    retirer_les_perimes()
    mesurer_perimetres()
    sans = communes.filter(actif=True, contour=None).count()
    return {"contours": len(lignes), "communes sans contour": sans}


def retirer_les_perimes() -> None:
    """A commune that merged or split after its outline was drawn has no known outline any more."""
    ContourCommune.objects.filter(
        Q(commune__venues__millesime__gt=F("millesime"))
        | Q(
            commune__evenements__genre=GenreEvenement.DEFUSION,
            commune__evenements__millesime__gt=F("millesime"),
        )
    ).delete()


MESURE = """
UPDATE {perimetre} p SET surface_km2 = m.surface, surfaces_connues = m.connues
FROM (
  SELECT q.id, sum(c.surface_km2) AS surface, count(c.commune_id) AS connues
  FROM {perimetre} q LEFT JOIN {contour} c ON c.commune_id = ANY(q.couverture)
  GROUP BY q.id
) m
WHERE m.id = p.id AND (p.surface_km2, p.surfaces_connues)
  IS DISTINCT FROM (m.surface, m.connues)
"""


def mesurer_perimetres() -> None:
    """After outlines changed: the surface of each perimeter, and how many communes it counts."""
    tables = {"perimetre": Perimetre, "contour": ContourCommune}
    noms = {cle: connection.ops.quote_name(modele._meta.db_table) for cle, modele in tables.items()}
    with connection.cursor() as curseur:
        curseur.execute(MESURE.format(**noms))


def cadre_de(departements: Collection[str]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of the outlines held in these départements."""
    bornes = ContourCommune.objects.filter(commune__departement__in=departements).aggregate(
        Min("ouest"), Min("sud"), Max("est"), Max("nord")
    )
    valeurs = tuple(bornes.values())
    return None if None in valeurs else valeurs


def contours_du_departement(code: str) -> list[dict]:
    """Communes in force, in plain data for the browser."""
    lignes = (
        ContourCommune.objects.filter(commune__departement=code, commune__actif=True)
        .order_by("commune")
        .values_list("commune_id", "commune__nom", "commune__epci_id", "geometrie")
    )
    return [{"code": c, "nom": n, "epci": e or "", "trace": g} for c, n, e, g in lignes]


def millesime_des_contours() -> int | None:
    return ContourCommune.objects.aggregate(annee=Max("millesime"))["annee"]
