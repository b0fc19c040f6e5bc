"""A room of the Somme, a feed of the DDT."""

from ateliers.calendrier.domaine.abonnements import creer_abonnement
from ateliers.lieux.models import Lieu
from tests.matrices.decor import decor


@decor("lieu")
def lieu(distribution):
    return {"pk": Lieu.objects.create(nom="Halle", departement_id="80").pk}


@decor("flux")
def flux(distribution):
    return {"jeton": creer_abonnement(par=distribution.ddt, nom="Bureau")[1]}


@decor("abonnement")
def abonnement(distribution):
    return {"pk": creer_abonnement(par=distribution.ddt, nom="Bureau")[0].pk}
