"""SEQUENCE of iCalendar: a number given in the database, that never goes down."""

from socle.abonnes import SEANCE, prevenir


def renumeroter(seance) -> None:
    """The next number, for a message that changes one person's diary only. The row is locked."""
    seance.sequence_ical += 1
    seance.save(update_fields=["sequence_ical"])


def marquer_changement(seance) -> None:
    """What every diary shows has changed: those who hold an older number must be told."""
    seance.sequence_ical += 1
    seance.sequence_contenu = seance.sequence_ical
    seance.save(update_fields=["sequence_ical", "sequence_contenu"])
    prevenir(SEANCE, seance)
