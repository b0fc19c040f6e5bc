"""From appointments to intervals: merging by properties, kinds of events one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from ateliers.agendas.domaine.intervalles import (
    borner,
    bornes,
    chevauche,
    d_un_bilan,
    des_evenements,
    fusionner,
)

ORIGINE = datetime(2027, 1, 4, tzinfo=UTC)
PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")


def heure(n):
    return ORIGINE + timedelta(hours=n)


paires = st.tuples(st.integers(0, 60), st.integers(0, 60))
listes = st.lists(paires.map(lambda p: (heure(min(p)), heure(max(p)))), max_size=12)


def heures(intervalles):
    """The set of whole hours that are covered: what merging must not change."""
    return {n for n in range(61) for d, f in intervalles if d <= heure(n) < f}


@given(listes)
def test_fusionner_garde_les_memes_instants_en_le_moins_de_morceaux(lignes):
    fusion = fusionner(lignes)
    assert heures(fusion) == heures(lignes)
    assert all(d < f for d, f in fusion)
    assert all(a[1] < b[0] for a, b in zip(fusion, fusion[1:], strict=False))
    assert fusionner(fusion) == fusion == fusionner(reversed(lignes))


@given(listes, paires)
def test_borner_puis_chevaucher_disent_la_meme_chose(lignes, fenetre):
    debut, fin = heure(min(fenetre)), heure(max(fenetre))
    dedans = {n for n in range(61) if debut <= heure(n) < fin}
    assert heures(borner(lignes, debut, fin)) == heures(lignes) & dedans
    pleines = [i for i in lignes if i[0] < i[1]]
    if debut < fin:
        assert chevauche(pleines, debut, fin) == bool(heures(pleines) & dedans)


def evenement(**champs):
    ligne = Event()
    for cle, valeur in champs.items():
        ligne.add(cle, valeur)
    return ligne


@pytest.mark.parametrize(
    ("champs", "zone", "attendu"),
    [
        ({"dtstart": date(2027, 3, 8)}, PARIS, ("07T23", "08T23")),
        ({"dtstart": date(2027, 3, 8)}, REUNION, ("07T20", "08T20")),
        ({"dtstart": date(2027, 3, 8), "dtend": date(2027, 3, 10)}, PARIS, ("07T23", "09T23")),
        ({"dtstart": date(2027, 3, 28)}, PARIS, ("27T23", "28T22")),  # the clock moves that night
        ({"dtstart": datetime(2027, 3, 8, 9), "duration": timedelta(hours=2)}, REUNION,
         ("08T05", "08T07")),
        ({"dtstart": datetime(2027, 3, 8, 9, tzinfo=REUNION),
          "dtend": datetime(2027, 3, 8, 9, tzinfo=PARIS)}, PARIS, ("08T05", "08T08")),
    ],
)  # fmt: skip
def test_une_occurrence_se_lit_dans_le_bon_fuseau(champs, zone, attendu):
    assert [f"{i:%dT%H}" for i in bornes(evenement(**champs), zone)] == list(attendu)


def test_un_instant_n_occupe_personne():
    assert bornes(evenement(dtstart=datetime(2027, 3, 8, 9)), PARIS) is None
    assert bornes(evenement(summary="Sans date"), PARIS) is None


def invite(adresse, partstat):
    from icalendar import vCalAddress

    ligne = vCalAddress(f"mailto:{adresse}")
    ligne.params["PARTSTAT"] = partstat
    return ligne


@pytest.mark.parametrize(
    ("champs", "nombre"),
    [
        ({}, 1),
        ({"status": "TENTATIVE"}, 1),
        ({"status": "CANCELLED"}, 0),
        ({"transp": "TRANSPARENT"}, 0),
        ({"transp": "OPAQUE"}, 1),
        ({"attendee": invite("Moi@exemple.fr", "DECLINED")}, 0),
        ({"attendee": invite("autre@exemple.fr", "DECLINED")}, 1),
        ({"attendee": invite("moi@exemple.fr", "ACCEPTED")}, 1),
    ],
)
def test_ce_qui_n_occupe_pas(champs, nombre):
    ligne = evenement(dtstart=heure(9), dtend=heure(10), **champs)
    assert len(des_evenements([ligne], PARIS, courriel="moi@exemple.fr")) == nombre


def test_un_bilan_se_lit_quelle_que_soit_sa_forme():
    texte = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VFREEBUSY", "UID:1",
         "FREEBUSY:20270104T080000Z/20270104T090000Z,20270104T100000Z/PT30M",
         "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270105T080000Z/20270105T090000Z",
         "FREEBUSY;FBTYPE=FREE:20270106T080000Z/20270106T090000Z",
         "END:VFREEBUSY", "END:VCALENDAR", ""]
    )  # fmt: skip
    assert d_un_bilan(texte) == [
        (heure(8), heure(9)),
        (heure(10), heure(10.5)),
        (heure(32), heure(33)),
    ]
    assert d_un_bilan("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n") == []
