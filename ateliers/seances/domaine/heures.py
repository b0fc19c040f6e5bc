"""The hours that a séance really takes from its people: the one rule, pure, on the site's clock.

The search for a calendar, the check of a date chosen by hand and busy diaries all read it. In one
day, from start to end. Over several days, working hours: the nights between belong to nobody, but
for a published séquence outside those hours (`hors_journee`). A team and a room, on the contrary,
are held from start to end (`Occupation`).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

OUVERTURE, CLOTURE = time(9), time(17, 30)
# An evening that ends after midnight is no séance of two days.
SANS_NUIT = timedelta(hours=12)
UN_JOUR = timedelta(days=1)

Plage = tuple[datetime, datetime]
# (day of the séance from 0, minutes since its midnight at which it starts, and ends)
HorsJournee = tuple[int, int, int]


def heures_prises(
    debut: datetime, fin: datetime, hors: tuple[HorsJournee, ...] = ()
) -> tuple[Plage, ...]:
    """`debut` and `fin`: on the clock of the site, with its zone or without any.

    `hors`: of a séance of several days; that of one day lasts from its start to its end.
    """
    minuit = datetime.combine(debut, time(), tzinfo=debut.tzinfo)
    plages = [
        (minuit + timedelta(days=jour, minutes=de), minuit + timedelta(days=jour, minutes=a))
        for jour, de, a in hors
    ]
    return (*_journees(debut, fin), *plages)


def _journees(debut, fin):
    if debut.date() == fin.date() or fin - debut <= SANS_NUIT:
        yield debut, fin
        return
    jour = debut.date()
    while jour <= fin.date():
        ouvre, ferme = (
            datetime.combine(jour, h, tzinfo=debut.tzinfo) for h in (OUVERTURE, CLOTURE)
        )
        if jour == debut.date():
            # Started in the evening, it may last until midnight.
            ouvre, ferme = debut, ferme if debut < ferme else ouvre.replace(hour=0) + UN_JOUR
        elif jour == fin.date():
            ouvre, ferme = ouvre if ouvre < fin else ouvre.replace(hour=0), fin
        yield ouvre, ferme
        jour += UN_JOUR


def hors_journee(contenu: list[dict]) -> tuple[HorsJournee, ...]:
    """Séquences of a published déroulé that overflow working hours: the evening of a first day."""
    lues = []
    for ligne in contenu:
        heure = time.fromisoformat(ligne["debut"])
        de = heure.hour * 60 + heure.minute
        lues.append((ligne.get("jour", 1) - 1, de, de + ligne["duree_min"]))
    ouvre, ferme = (h.hour * 60 + h.minute for h in (OUVERTURE, CLOTURE))
    return tuple(sorted(x for x in lues if x[1] < ouvre or x[2] > ferme))
