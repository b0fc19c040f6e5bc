"""Weekly and monthly habits (a council's evenings) become intervals."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from ateliers.calendrier.solveur.probleme import Intervalle

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RANGS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}
INSECABLE = "\N{NO-BREAK SPACE}"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def jour(valeur: date) -> str:
    """« 12 juin 2027 », « 1er juin 2027 »."""
    numero = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{numero}{INSECABLE}{MOIS[valeur.month - 1]} {valeur.year}"


def periode(debut: datetime, fin: datetime) -> str:
    """« mardi 12 mai 2027, de 9 h à 12 h 30 », « du mardi 12 mai 2027, 9 h, au … »."""
    quand = [f"{JOURS[i.weekday()]} {jour(i.date())}" for i in (debut, fin)]
    heures = [heure(i.hour, i.minute) for i in (debut, fin)]
    if quand[0] == quand[1]:
        return f"{quand[0]}, de {heures[0]} à {heures[1]}"
    return f"du {quand[0]}, {heures[0]}, au {quand[1]}, {heures[1]}"


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
