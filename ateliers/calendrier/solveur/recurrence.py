"""Weekly and monthly habits (a council's evenings) become intervals."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from ateliers.calendrier.solveur.probleme import Intervalle

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RANGS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}
INSECABLE = "\N{NO-BREAK SPACE}"


def heure(heures: int, minutes: int = 0) -> str:
    """« 18 h », « 18 h 30 »."""
    suite = f"{INSECABLE}{minutes:02d}" if minutes else ""
    return f"{heures}{INSECABLE}h{suite}"


def libelle(genre: str, jour: int, rang: int | None, debut, fin) -> str:
    """« le premier mardi du mois, de 18 h à 22 h »."""
    quand = f"le {JOURS[jour]}"
    if genre == "mensuelle":
        quand = f"le {RANGS[rang]} {JOURS[jour]} du mois"
    return f"{quand}, de {heure(*debut)} à {heure(*fin)}"


def developper(*, genre, jour, rang, debut, fin, zone, du, au, motif) -> tuple[Intervalle, ...]:
    """`debut`, `fin`: (hours, minutes) on the wall clock; a fin before debut is the next day."""
    regle = libelle(genre, jour, rang, debut, fin)
    resultat = []
    for courant in _jours(genre, jour, rang, du, au):
        lendemain = timedelta(days=0 if fin > debut else 1)
        resultat.append(
            Intervalle(
                datetime.combine(courant, time(*debut), tzinfo=zone),
                datetime.combine(courant + lendemain, time(*fin), tzinfo=zone),
                motif,
                regle,
            )
        )
    return tuple(resultat)


def _jours(genre, jour, rang, du: date, au: date):
    courant = du + timedelta(days=(jour - du.weekday()) % 7)
    while courant <= au:
        if genre == "hebdomadaire" or _rang(courant, rang):
            yield courant
        courant += timedelta(days=7)


def _rang(jour: date, rang: int) -> bool:
    if rang == -1:
        return jour.day + 7 > monthrange(jour.year, jour.month)[1]
    return (jour.day - 1) // 7 + 1 == rang
