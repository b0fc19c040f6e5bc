"""Public sign-ups, made by their verbs."""

from datetime import timedelta

from django.utils import timezone

from ateliers.inscriptions.domaine import ouverture, places
from tests.factories.participants import faire_seance

DEFAUTS = {
    "ouvertes": True,
    "capacite": 2,
    "ferment_le": None,
    "delai_heures": 48,
    "accueil": "",
    "revision": 0,
}


def ouvrir(distribution, quotas=None, *, seance=None, **champs):
    """A séance in ten days, open to the public: two places unless told otherwise."""
    debut = timezone.now() + timedelta(days=10)
    seance = seance or faire_seance(
        distribution, debut_prevu=debut, fin_prevu=debut + timedelta(hours=3)
    )
    return ouverture.regler(
        seance=seance, par=distribution.ddt, quotas=quotas or {}, **DEFAUTS | champs
    )


def demander(inscriptions, rang=1, college="habitants"):
    return places.demander(
        inscriptions=inscriptions,
        prenom=f"Prénom{rang}",
        nom="Nom",
        courriel=f"p{rang}@exemple.fr",
        college=college,
    )


def inscrire(inscriptions, rang=1, college="habitants"):
    return places.confirmer(demander(inscriptions, rang, college))
