"""Play a verb on the day it happened: demo data has a past, and verbs read the clock."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def jour(decalage: int):
    """The date `decalage` days from the real today (negative: in the past), inside `le` too."""
    return datetime.now(PARIS).date() + timedelta(days=decalage)


def ouvrable(decalage: int):
    """The same, moved to the next working day of the week."""
    date = jour(decalage)
    return date + timedelta(days={5: 2, 6: 1}.get(date.weekday(), 0))


def instant(date, heure: str = "09:30", fuseau=PARIS) -> datetime:
    """An aware instant from a date and « HH:MM »."""
    heures, minutes = heure.split(":")
    return datetime.combine(date, time(int(heures), int(minutes)), tzinfo=fuseau)


@contextmanager
def le(date, heure: str = "10:00"):
    """Everything inside happens that day: `django.utils.timezone.now` answers it."""
    quand = instant(date, heure)
    with patch("django.utils.timezone.now", return_value=quand):
        yield quand
