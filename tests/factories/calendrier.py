"""Searches of a calendar, run at once, without a worker."""

from ateliers.calendrier.domaine import demandes
from ateliers.calendrier.models import DemandeCalendrier
from tests.factories.participants import faire_atelier, faire_seance

PARAMETRES = {"debut": "2027-04-01", "fin": "2027-12-31", "vacances": "eviter"}


def faire_a_programmer(distribution, nombre=2):
    """An atelier with séances without dates."""
    atelier = faire_atelier(distribution)
    for rang in range(1, nombre + 1):
        faire_seance(
            distribution,
            etat="a_programmer",
            atelier=atelier,
            rang=rang,
            ordre=rang,
            titre=f"Atelier {rang}",
        )
    return atelier


def rechercher(demande) -> DemandeCalendrier:
    demandes.chercher(demande.pk)
    demande.refresh_from_db()
    return demande


def demander(distribution, atelier, **plus) -> DemandeCalendrier:
    demande = DemandeCalendrier.objects.create(
        atelier=atelier, par=distribution.ddt, parametres=PARAMETRES | plus
    )
    return rechercher(demande)


def faire_demande_prete(distribution, nombre=2) -> DemandeCalendrier:
    return demander(distribution, faire_a_programmer(distribution, nombre))
