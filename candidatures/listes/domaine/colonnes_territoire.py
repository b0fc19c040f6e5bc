"""The columns that say where a candidature is, how many live there, and on what surface."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce

from candidatures.dossiers.models import Designation
from candidatures.listes.domaine.colonne import Colonne, brut, liste
from socle.comptes.domaine.competence import services_de_la_region
from socle.interface.templatetags.interface import nombre
from socle.territoires.models import Perimetre, Region, dire_lieu

SURFACE = ("perimetre__surface_km2", "perimetre__surfaces_connues", "perimetre__couverture__len")


def _population(ligne) -> str:
    return nombre(ligne["perimetre__population"]) if ligne["perimetre__population"] else ""


def _entiere(ligne) -> bool:
    surface, connues, communes = (ligne[cle] for cle in SURFACE)
    return bool(surface) and connues == communes


def _surface(ligne) -> str:
    surface, connues, communes = (ligne[cle] for cle in SURFACE)
    if not surface:
        return ""
    partie = "" if connues == communes else f" ({connues} communes sur {communes})"
    return f"{nombre(round(surface, 1), 1)}{partie}"


def _densite(ligne) -> float | str:
    if not _entiere(ligne):
        return ""
    return round(ligne["perimetre__population"] / ligne["perimetre__surface_km2"], 1)


def _densite_triee(depuis: str):
    population = Cast(F(f"{depuis}population"), FloatField())
    return population / F(f"{depuis}candidature__perimetre__surface_km2")


def _noms_departements() -> dict:
    through = Perimetre.departements.through.objects.filter(perimetre_id=OuterRef("perimetre_id"))
    return {
        "departement_noms": ArraySubquery(
            through.order_by("departement_id").values("departement__nom")
        ),
        "departement_codes": ArraySubquery(
            through.order_by("departement_id").values("departement_id")
        ),
    }


def _noms_lieu() -> dict:
    """What the perimeter is made of, in one query with the rows."""
    epcis = Perimetre.epcis.through.objects.filter(perimetre_id=OuterRef("perimetre_id"))
    communes = Perimetre.communes.through.objects.filter(perimetre_id=OuterRef("perimetre_id"))
    return _noms_departements() | {
        "epci_noms": ArraySubquery(epcis.order_by("epci__nom").values("epci__nom")),
        "commune_noms": ArraySubquery(communes.order_by("commune__nom").values("commune__nom")),
    }


def _lieu(ligne) -> str:
    """« Beauval (Somme) »: the perimeter may bear the very title of the candidature."""
    noms = [*(ligne["epci_noms"] or ()), *(ligne["commune_noms"] or ())]
    return dire_lieu(noms, ligne["departement_noms"] or ()) or ligne["perimetre__nom"] or ""


def _departements(ligne) -> str:
    """« Somme (80) »: the code is what the filters and the maps speak of."""
    paires = zip(ligne["departement_noms"] or (), ligne["departement_codes"] or (), strict=True)
    return ", ".join(f"{nom} ({code})" for nom, code in paires)


def _noms_regions() -> dict:
    through = Perimetre.departements.through.objects.filter(perimetre_id=OuterRef("perimetre_id"))
    noms = through.order_by("departement__region__nom").values("departement__region__nom")
    return {"region_noms": ArraySubquery(noms.distinct())}


def _noms_dreal() -> dict:
    """Of each region of the perimeter: the designated one, or the one that it gives."""
    regions = Perimetre.departements.through.objects.filter(
        perimetre_id=OuterRef(OuterRef("perimetre_id"))
    )
    designees = Designation.objects.filter(
        candidature_id=OuterRef(OuterRef("pk")), region=OuterRef("pk")
    )
    noms = Region.objects.filter(pk__in=regions.values("departement__region")).annotate(
        dreal=Coalesce(
            Subquery(designees.values("organisme__nom")),
            Subquery(services_de_la_region(OuterRef("pk")).values("nom")[:1]),
        )
    )
    return {
        "dreal_noms": ArraySubquery(
            noms.filter(dreal__isnull=False).order_by("nom").values("dreal")
        )
    }


COLONNES_TERRITOIRE = (
    Colonne(
        "territoire",
        "Territoire",
        _lieu,
        lit=("perimetre__nom",),
        annotations=_noms_lieu,
        largeur=40,
    ),
    Colonne(
        "departement",
        "Département",
        _departements,
        annotations=_noms_departements,
        tri="lieu",
        largeur=30,
    ),
    Colonne("region", "Région", liste("region_noms"), annotations=_noms_regions),
    Colonne(
        "dreal",
        "DREAL compétente",
        liste("dreal_noms"),
        annotations=_noms_dreal,
        largeur=30,
    ),
    Colonne(
        "population",
        "Population",
        _population,
        lit=("perimetre__population",),
        tri="population",
        texte=brut("perimetre__population"),
        chiffre=True,
        largeur=12,
    ),
    Colonne(
        "surface",
        "Surface (km²)",
        _surface,
        lit=SURFACE,
        tri="candidature__perimetre__surface_km2",
        texte=lambda ligne: round(ligne[SURFACE[0]], 1) if _entiere(ligne) else _surface(ligne),
        chiffre=True,
        largeur=14,
    ),
    Colonne(
        "densite",
        "Densité (hab./km²)",
        lambda ligne: nombre(_densite(ligne), 1),
        lit=(*SURFACE, "perimetre__population"),
        tri=_densite_triee,
        texte=_densite,
        chiffre=True,
        largeur=14,
    ),
)
