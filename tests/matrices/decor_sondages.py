"""A poll, open or cancelled, that fills the addresses of the room."""

from ateliers.sondages.domaine import sondages
from ateliers.sondages.lien import jeton
from tests.factories.sondages import cles, faire_sondage, sondes
from tests.matrices.decor import decor


def _adresse(sondage):
    return {"slug": sondage.seance.atelier.slug, "sondage_id": sondage.pk}


@decor("sondage")
def sondage(distribution):
    return _adresse(faire_sondage(distribution))


@decor("sondage_creneau")
def sondage_creneau(distribution):
    ouvert = faire_sondage(distribution, obligatoires=())
    return _adresse(ouvert) | {"creneau_id": cles(ouvert)[0]}


@decor("sondage_annule")
def sondage_annule(distribution):
    ouvert = faire_sondage(distribution)
    sondages.annuler(sondage=ouvert, par=distribution.ddt, motif="Reporté")
    return _adresse(ouvert)


@decor("lien_sondage")
def lien_sondage(distribution):
    return {"jeton": jeton(sondes(faire_sondage(distribution))[0])}
