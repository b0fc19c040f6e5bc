"""The whole demonstration, in one transaction: it is there entire, or not at all."""

from __future__ import annotations

from django.db import transaction

from ateliers.parcours.models import Atelier
from config.demo import appels, ateliers, candidatures, feuilles, formulaires, horloge, territoires
from config.demo.distribution import installer_distribution


@transaction.atomic
def charger() -> bool:
    """Load once. Returns False when the demonstration is already there."""
    if Atelier.objects.exists():
        installer_distribution()
        return False
    cast = installer_distribution()
    ouverts = appels.installer(cast["dgaln@demo.example"])
    territoires.importer_listes(cast["dgaln@demo.example"])
    jouees = candidatures.jouer(ouverts)
    territoires.designer_copilotes(jouees, cast["dgaln@demo.example"])
    joues = ateliers.jouer(ouverts)
    formulaires.jouer(ouverts["local"], cast["dgaln@demo.example"])
    feuilles.jouer(joues)
    with horloge.le(horloge.jour(-30)):
        feuilles.publier(joues, cast["dgaln@demo.example"])
    return True
