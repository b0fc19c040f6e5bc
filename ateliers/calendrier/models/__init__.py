from ateliers.calendrier.models.demande import DemandeCalendrier
from ateliers.calendrier.models.disponibilites import Indisponibilite, PeriodeReserve

__all__ = ["DemandeCalendrier", "Indisponibilite", "PeriodeReserve"]
