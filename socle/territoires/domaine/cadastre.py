"""Public cadastral files (Etalab, GeoJSON by commune): loaded, then asked for a parcel."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import Substr

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.arrondissements import commune_de
from socle.territoires.domaine.millesimes import lire_json
from socle.territoires.models import CadastreCommune, Commune, ParcelleCadastrale, Perimetre
from socle.territoires.polyligne import PAS_FIN, coder

CODE = re.compile(r"^(\d{5}|2[AB]\d{3})\d{3}(0[A-Z]|[A-Z]{2}|\d{2})\d{4}$")
COLONNES = ("code", "cadastre_id", "contenance", "geometrie")
CREDIT = "Cadastre, DGFiP"


def _ligne(objet: dict) -> tuple[str, str, int | None, str] | None:
    """None for what is no parcel with an outline."""
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    proprietes = objet.get("properties") or {}
    code = str(objet.get("id") or proprietes.get("id") or "")
    if not CODE.match(code):
        return None
    try:
        forme = shape(objet["geometry"])
        geometrie = coder(forme, PAS_FIN)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError):
        return None
    contenance = proprietes.get("contenance")
    contenance = contenance if isinstance(contenance, int) and contenance > 0 else None
    return code, code[:5], contenance, geometrie


def _etat(objets: list[dict]) -> date | None:
    """The latest update of a parcel, when the file says it."""
    dates = [str((o.get("properties") or {}).get("updated") or "") for o in objets]
    valides = [d for d in dates if re.fullmatch(r"\d{4}-\d{2}-\d{2}", d)]
    return date.fromisoformat(max(valides)) if valides else None


def _copier(lignes: list[tuple]) -> None:
    table = connection.ops.quote_name(ParcelleCadastrale._meta.db_table)
    with (
        connection.cursor() as curseur,
        curseur.copy(f"copy {table} ({', '.join(COLONNES)}) from stdin") as copie,
    ):
        for ligne in lignes:
            copie.write_row(ligne)


@transaction.atomic
def importer_cadastre(fichier: Path, *, etat_le: date | None = None) -> dict[str, int]:
    """Replace the parcels of the communes that the file holds; nothing else changes."""
    lu = lire_json(fichier)
    objets = lu.get("features") if isinstance(lu, dict) else None
    if not isinstance(objets, list):
        raise ErreurMetier("Le fichier n’est pas une liste de parcelles (GeoJSON).")
    lignes = {ligne[0]: ligne for ligne in map(_ligne, objets) if ligne}
    if not lignes:
        raise ErreurMetier("Le fichier ne contient aucune parcelle.")
    etat_le = etat_le or _etat(objets)
    if etat_le is None:
        raise ErreurMetier("Le fichier ne dit pas sa date : donnez-la avec « --etat ».")
    nombres = Counter(ligne[1] for ligne in lignes.values())
    communes = {commune_de(code) for code in nombres}
    connues = set(Commune.objects.filter(pk__in=communes).values_list("pk", flat=True))
    if inconnues := sorted(communes - connues):
        raise ErreurMetier(f"Commune inconnue du découpage : {', '.join(inconnues)}.")
    ParcelleCadastrale.objects.filter(cadastre__in=nombres).delete()
    for code, nombre in nombres.items():
        CadastreCommune.objects.update_or_create(
            code=code,
            defaults={"commune_id": commune_de(code), "etat_le": etat_le, "parcelles": nombre},
        )
    _copier(list(lignes.values()))
    return {
        "parcelles": len(lignes),
        "communes": len(nombres),
        "lignes laissées de côté": len(objets) - len(lignes),
    }


def communes_tenues(
    codes: Collection[str], departements: Collection[str] = ()
) -> dict[str, CadastreCommune]:
    """Those of these communes, and of these départements, whose parcels are held, by the code that
    these bear. One query."""
    tenues = CadastreCommune.objects.select_related("commune").filter(
        Q(commune__in=codes) | Q(commune__departement__in=departements)
    )
    return {tenue.pk: tenue for tenue in tenues}


def cadastres_du_perimetre(perimetre: Perimetre | None) -> dict[str, CadastreCommune]:
    """A named area opens its département, as it does for a parcel that is typed."""
    if perimetre is None:
        return {}
    return communes_tenues(perimetre.couverture, [z.departement_id for z in perimetre.zones.all()])


def parcelles_connues(codes: Collection[str]) -> dict[str, ParcelleCadastrale]:
    """One query, none without codes."""
    return ParcelleCadastrale.objects.in_bulk(list(codes)) if codes else {}


def absentes(codes: Collection[str]) -> dict[str, CadastreCommune]:
    """Codes that the cadastre of their commune, held here, does not know."""
    tenues = communes_tenues({commune_de(code[:5]) for code in codes})
    a_verifier = [code for code in codes if code[:5] in tenues]
    connues = parcelles_connues(a_verifier)
    return {code: tenues[code[:5]] for code in a_verifier if code not in connues}


def sections(commune: str) -> list[tuple[str, int]]:
    """« 000AB » and how many parcels it has."""
    groupes = (
        ParcelleCadastrale.objects.filter(cadastre=commune)
        .order_by()
        .annotate(section=Substr("code", 6, 5))
        .values_list("section")
        .annotate(nombre=Count("pk"))
    )
    return sorted(groupes)


def parcelles_de(commune: str, section: str) -> list[ParcelleCadastrale]:
    return list(ParcelleCadastrale.objects.filter(code__startswith=f"{commune}{section}"))
