"""Closing at the minute, on the clock of each territory."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidatures.appels.domaine.fenetres import (
    NOMS,
    PARIS,
    TOLERANCE,
    a_l_horloge_de,
    depot_recu,
    dire,
    fermeture,
)

MIDI = datetime(2027, 3, 31, 12, 0, tzinfo=PARIS)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)).map(
    lambda m: m.replace(tzinfo=PARIS, second=0, microsecond=0)
)


def utc(*champs):
    return datetime(*champs, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fuseau", "attendu"),
    [
        ("Europe/Paris", utc(2027, 3, 31, 10)),
        ("America/Cayenne", utc(2027, 3, 31, 15)),
        ("Indian/Reunion", utc(2027, 3, 31, 8)),
        ("America/Miquelon", utc(2027, 3, 31, 14)),
        ("Pacific/Noumea", utc(2027, 3, 31, 1)),
    ],
)
def test_midi_local_de_chaque_territoire(fuseau, attendu):
    assert fermeture(MIDI, heure_locale=True, fuseaux=[fuseau]) == attendu


def test_sans_l_option_l_heure_de_paris_vaut_partout():
    assert fermeture(MIDI, fuseaux=["America/Cayenne"]) == MIDI
    assert dire(MIDI) == "31\u00a0mars 2027 à 12\u00a0h (heure de Paris)"


def test_l_heure_locale_se_dit_avec_son_horloge():
    dit = dire(MIDI, heure_locale=True, fuseaux=["America/Cayenne"])
    assert dit == "31\u00a0mars 2027 à 12\u00a0h (heure de la Guyane)"
    assert dire(MIDI, heure_locale=True) == (
        "31\u00a0mars 2027 à 12\u00a0h (heure locale de chaque territoire)"
    )


def test_miquelon_change_d_heure_avant_paris():
    """Mid-March: Miquelon is already in summer, three hours behind UTC become two."""
    mi_mars = datetime(2027, 3, 20, 12, 0, tzinfo=PARIS)
    assert fermeture(mi_mars, heure_locale=True, fuseaux=["America/Miquelon"]) == utc(
        2027, 3, 20, 14
    )
    fevrier = datetime(2027, 2, 20, 12, 0, tzinfo=PARIS)
    assert fermeture(fevrier, heure_locale=True, fuseaux=["America/Miquelon"]) == utc(
        2027, 2, 20, 15
    )


def test_une_heure_qui_n_existe_pas_ou_deux_fois_profite_au_candidat():
    printemps = datetime(2027, 3, 14, 2, 30, tzinfo=PARIS)
    assert a_l_horloge_de(printemps, "America/Miquelon").astimezone(UTC) == utc(2027, 3, 14, 5, 30)
    automne = datetime(2027, 11, 7, 1, 30, tzinfo=PARIS)
    assert a_l_horloge_de(automne, "America/Miquelon").astimezone(UTC) == utc(2027, 11, 7, 4, 30)


def test_deux_fuseaux_ferment_au_plus_tardif():
    zones = ["Indian/Reunion", "America/Cayenne"]
    assert fermeture(MIDI, heure_locale=True, fuseaux=zones) == utc(2027, 3, 31, 15)


@given(MOMENTS, st.lists(st.sampled_from(sorted(NOMS)), min_size=1, max_size=4))
def test_la_fermeture_locale_montre_la_meme_heure_a_l_horloge(ferme_le, fuseaux):
    """Hours that do not exist that night are the only exception."""
    instant = fermeture(ferme_le, heure_locale=True, fuseaux=fuseaux)
    horloges = {(m.hour, m.minute) for m in (instant.astimezone(ZoneInfo(f)) for f in set(fuseaux))}
    existe = all(
        a_l_horloge_de(ferme_le, f).astimezone(UTC).astimezone(ZoneInfo(f)).hour == ferme_le.hour
        for f in fuseaux
    )
    assert (ferme_le.hour, ferme_le.minute) in horloges or not existe
    assert instant == max(
        (a_l_horloge_de(ferme_le, f) for f in fuseaux), key=lambda m: m.timestamp()
    )


def test_la_cloture_est_a_la_minute():
    seconde = timedelta(seconds=1)
    assert depot_recu(MIDI, MIDI - seconde) is True
    assert depot_recu(MIDI, MIDI) is False
    assert depot_recu(MIDI, MIDI + seconde) is False
    assert depot_recu(None, MIDI) is True


def test_un_depot_commence_avant_est_garde_quinze_minutes():
    seconde = timedelta(seconds=1)
    ouverte = MIDI - timedelta(minutes=5)
    assert depot_recu(MIDI, ouverte + TOLERANCE, [ouverte]) is True
    assert depot_recu(MIDI, ouverte + TOLERANCE + seconde, [ouverte]) is False
    assert depot_recu(MIDI, MIDI + seconde, [MIDI]) is False
    assert depot_recu(MIDI, MIDI + 2 * seconde, [MIDI - seconde]) is True


@given(MOMENTS, MOMENTS, st.lists(MOMENTS, max_size=3))
def test_jamais_de_depot_plus_de_quinze_minutes_apres(ferme, recu, commences):
    if depot_recu(ferme, recu, commences):
        assert recu < ferme + TOLERANCE
    else:
        assert recu >= ferme
