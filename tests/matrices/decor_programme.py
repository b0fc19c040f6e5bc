"""A séance with a déroulé, published once."""

from datetime import time

from ateliers.participants.domaine.diffusion import publier_programme
from ateliers.programme.domaine import sequences
from tests.factories.programme import faire_programme
from tests.matrices.decor import decor


def _adresse(seance):
    return {"slug": seance.atelier.slug, "pk": seance.pk}


@decor("programme")
def programme(distribution):
    return _adresse(faire_programme(distribution)[0])


@decor("programme_a_publier")
def programme_a_publier(distribution):
    seance, _ = faire_programme(distribution)
    return {"slug": seance.atelier.slug, "seance_id": seance.pk}


@decor("programme_version")
def programme_version(distribution):
    seance, _ = faire_programme(distribution)
    publier_programme(seance=seance, par=distribution.ddt)
    return _adresse(seance) | {"numero": 1}


@decor("programme_sequence")
def programme_sequence(distribution):
    seance, lignes = faire_programme(distribution)
    return _adresse(seance) | {"sequence_id": lignes[1].pk}


@decor("programme_visite")
def programme_visite(distribution):
    """Two stops at once."""
    seance, lignes = faire_programme(distribution)
    arrets = [{"nom": n, "arrivee": time(10), "duree_min": 20} for n in ("Halle", "Gare")]
    sequences.tracer_visite(sequence=lignes[1], par=distribution.ddt, arrets=arrets)
    return _adresse(seance) | {"sequence_id": lignes[1].pk}


@decor("programme_deplacer")
def programme_deplacer(distribution):
    seance, lignes = faire_programme(distribution)
    sequences.modifier(sequence=lignes[0], par=distribution.ddt, lieu="Mairie")
    return _adresse(seance) | {"sequence_id": lignes[1].pk, "sens": "monter"}
