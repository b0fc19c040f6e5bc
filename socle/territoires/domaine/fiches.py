"""What a commune is and became, in sentences."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from socle.territoires.choix import GenreEvenement
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.domaine.surfaces import arrondi
from socle.territoires.models import Commune


def jour_lisible(jour: date) -> str:
    """« 1er janvier 2027 », as one reads it in French."""
    texte = date_format(jour, "j F Y")
    return texte.replace("1 ", "1er\u00a0", 1) if jour.day == 1 else texte


def phrase_fin(commune: Commune, successeur: Commune | None) -> str:
    """« Commune fusionnée le 1er janvier 2027 dans Doullens (80) »."""
    if successeur is None:
        return f"Commune retirée du découpage le {jour_lisible(commune.jusqua)}"
    return f"Commune fusionnée le {jour_lisible(commune.jusqua)} dans {successeur}"


def fiche_commune(commune: Commune) -> dict:
    """The commune, the one in force that succeeds it, and its events as sentences."""
    contour = getattr(commune, "contour", None)
    bout = successeurs([commune.code]).get(commune.code)
    actuelle = Commune.objects.filter(code=bout).first() if bout else None
    return {
        "commune": commune,
        "contour": contour,
        "surface": arrondi(contour.surface_km2) if contour else None,
        "actuelle": actuelle,
        "fin": "" if commune.actif else phrase_fin(commune, commune.remplacee_par or actuelle),
        "evenements": _evenements(commune),
    }


def _evenements(commune: Commune) -> list[dict]:
    lignes = []
    for e in commune.evenements.select_related("apres"):
        verbe = "Fusion dans" if e.genre == GenreEvenement.FUSION else "Rétablissement de"
        lignes.append({"date": e.date, "texte": verbe, "autre": e.apres})
    for e in commune.venues.select_related("avant"):
        verbe = "Absorption de" if e.genre == GenreEvenement.FUSION else "Séparation d’avec"
        lignes.append({"date": e.date, "texte": verbe, "autre": e.avant})
    return sorted(lignes, key=lambda ligne: (ligne["date"], ligne["autre"].pk))
