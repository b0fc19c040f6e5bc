from ateliers.agendas.models.agenda import (
    AgendaDistant,
    CalendrierDistant,
    EvenementEcrit,
    IntervalleOccupe,
)

__all__ = ["AgendaDistant", "CalendrierDistant", "EvenementEcrit", "IntervalleOccupe"]
