"""A room of the Somme, a feed of the DDT."""

from ateliers.agendas.models import AgendaDistant, EvenementEcrit
from ateliers.calendrier.domaine.abonnements import creer_abonnement
from ateliers.lieux.models import Lieu
from tests.factories.participants import faire_seance
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


def _brancher(distribution):
    return AgendaDistant.objects.create(
        utilisateur=distribution.ddt, adresse="https://agenda.example/", secret=b"x"
    )


@decor("agenda_branche")
def agenda_branche(distribution):
    _brancher(distribution)
    return {}


@decor("rendez_vous_modifie")
def rendez_vous_modifie(distribution):
    ligne = EvenementEcrit.objects.create(
        agenda=_brancher(distribution), seance=faire_seance(distribution), etat="modifie"
    )
    return {"pk": ligne.pk}
