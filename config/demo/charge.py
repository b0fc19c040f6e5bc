"""The whole demonstration, in one transaction: it is there entire, or not at all."""

from __future__ import annotations

from django.db import transaction

from ateliers.parcours.models import Atelier
from config.demo import (
    agenda,
    appels,
    ateliers,
    auteurs,
    candidatures,
    comites,
    echanges,
    feuilles,
    formulaires,
    horloge,
    listes,
    reunir,
    session,
    signataires,
    sondages,
    territoires,
)
from config.demo.distribution import installer_distribution


@transaction.atomic
def charger() -> bool:
    """Load once. Returns False when the demonstration is already there."""
    if Atelier.objects.exists():
        installer_distribution()
        return False
    cast = installer_distribution()
    dgaln = cast["dgaln@demo.example"]
    signataires.installer()
    ouverts = appels.installer(dgaln)
    territoires.importer_listes(dgaln)
    passe = comites.ComitePasse(ouverts["productifs"])
    joues = ateliers.jouer(ouverts, {"coevrons": passe.tenir})
    reunir.jouer()
    sondages.jouer(joues["authie"])
    formulaires.ouvrir(ouverts["local"], dgaln)
    ouverts["littoraux"] = session.ouvrir(dgaln)
    jouees = candidatures.jouer(ouverts)
    session.instruire(ouverts["littoraux"], jouees)
    territoires.designer_copilotes(jouees, dgaln)
    territoires.designer_une_dreal(jouees, dgaln)
    comites.preparer(ouverts["littoraux"])
    echanges.jouer(jouees, ouverts["littoraux"])
    formulaires.reviser(ouverts["local"], dgaln)
    auteurs.jouer(jouees, ouverts["flash"])
    listes.jouer(ouverts["littoraux"])
    agenda.jouer(joues, dgaln)
    feuilles.jouer(joues)
    with horloge.le(horloge.jour(-30)):
        feuilles.publier(joues, dgaln)
    return True
