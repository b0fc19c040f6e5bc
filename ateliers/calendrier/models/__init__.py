from ateliers.calendrier.models.abonnement import AbonnementAgenda
from ateliers.calendrier.models.demande import DemandeCalendrier
from ateliers.calendrier.models.disponibilites import Indisponibilite, PeriodeReserve

__all__ = ["AbonnementAgenda", "DemandeCalendrier", "Indisponibilite", "PeriodeReserve"]
