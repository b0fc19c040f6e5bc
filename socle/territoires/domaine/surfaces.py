"""The surface and density of a perimeter, as far as the outlines of its communes are held."""

from __future__ import annotations

from socle.interface.templatetags.interface import nombre
from socle.territoires.domaine.contours_communes import CREDIT
from socle.territoires.models import Perimetre

SOURCE = f"contours simplifiés des communes, {CREDIT}"


def arrondi(valeur: float | None) -> float | None:
    """To the tenth: simplified outlines say no more."""
    return None if valeur is None else round(valeur, 1)


def faits_de_surface(perimetre: Perimetre) -> dict:
    """Plain data, for a sheet that is frozen."""
    return {
        "surface_km2": arrondi(perimetre.surface_km2),
        "surfaces_connues": perimetre.surfaces_connues,
        "densite": arrondi(perimetre.densite),
        "source_surface": SOURCE if perimetre.surfaces_connues else "",
    }


def surface_lisible(fiche: dict | None) -> dict[str, str]:
    """Surface and density of a sheet, in words; empty for one frozen before they were held."""
    if not fiche or "surfaces_connues" not in fiche:
        return {}
    connues, communes = fiche["surfaces_connues"], len(fiche["communes"])
    if not connues:
        return {
            "surface": "Inconnue\u00a0: aucun contour n’est tenu pour ces communes",
            "densite": "Non calculée",
            "source_surface": "",
        }
    surface = f"{nombre(fiche['surface_km2'], 1)}\u00a0km²"
    if connues < communes:
        quantite = "d’une commune" if connues == 1 else f"de {connues} communes"
        surface += f", surface {quantite} sur {communes}"
    densite = fiche["densite"]
    return {
        "surface": surface,
        "densite": f"{nombre(densite, 1)} habitants au km²" if densite else "Non calculée",
        "source_surface": fiche["source_surface"],
    }
