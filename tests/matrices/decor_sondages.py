"""A poll, open or cancelled, that fills the addresses of the room."""

from ateliers.sondages.domaine import sondages
from ateliers.sondages.lien import jeton
from tests.factories.participants import faire_participants, faire_seance
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


@decor("sondage_du_pilote")
def sondage_du_pilote(distribution):
    return _adresse(faire_sondage(distribution, sondes=[], comptes=[distribution.ddt]))


@decor("sonde_sans_adresse")
def sonde_sans_adresse(distribution):
    seance = faire_seance(distribution, etat="a_programmer", genre="copil", rang=None)
    gens = faire_participants(distribution, seance.atelier, 3)
    ouvert = faire_sondage(distribution, seance=seance, sondes=gens)
    return _adresse(ouvert) | {"sonde_id": sondes(ouvert)[2].pk}
