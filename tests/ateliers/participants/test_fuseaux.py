"""A diary that knows no time zone database must read the same hour as we do."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st

from ateliers.participants.fuseaux import vtimezone

FUSEAUX = [
    "Europe/Paris",
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Miquelon",
    "America/St_Barthelemy",
    "America/Marigot",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
]
INSTANTS = st.datetimes(datetime(2008, 1, 1), datetime(2037, 12, 30))


def relu(cle):
    """The rules, read by another library, from the text alone."""
    texte = vtimezone(cle).to_ical().decode()
    return tzical(StringIO(f"BEGIN:VCALENDAR\r\n{texte}END:VCALENDAR\r\n")).get(cle)


@pytest.mark.parametrize("cle", FUSEAUX)
@settings(max_examples=60)
@given(naif=INSTANTS)
def test_les_regles_ecrites_sont_celles_du_lieu(cle, naif):
    zone = ZoneInfo(cle)
    local = naif.replace(tzinfo=UTC).astimezone(zone)
    mur = local.replace(tzinfo=None)
    doutes = {(mur + timedelta(hours=h)).replace(tzinfo=zone).utcoffset() for h in (-1, 0, 1)}
    if len(doutes) == 1:  # the doubled or missing hour itself is read either way
        assert mur.replace(tzinfo=relu(cle)).utcoffset() == local.utcoffset()


@pytest.mark.parametrize(
    ("cle", "regles"),
    [
        ("Europe/Paris", [("-1SU", "3"), ("-1SU", "10")]),
        ("America/Miquelon", [("2SU", "3"), ("1SU", "11")]),
        ("America/Cayenne", []),
        ("Indian/Mayotte", []),
    ],
)
def test_une_regle_par_changement_d_heure(cle, regles):
    texte = vtimezone(cle).to_ical().decode()
    assert re.findall(r"RRULE:FREQ=YEARLY;BYDAY=(\S+);BYMONTH=(\d+)", texte) == regles
