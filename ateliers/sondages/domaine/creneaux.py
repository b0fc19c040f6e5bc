"""Several days × the same hours: the créneaux of a poll from a few ticks. Pure functions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ateliers.sondages.choix import MAX_CRENEAUX
from socle.erreurs import ErreurMetier

SEMAINES = 10
SAMEDI = 5


def croiser(jours: list[date], horaires: list[tuple[time, time]], nombre_jours: int = 1):
    """Wall-clock (début, fin): each day with each pair of hours, over `nombre_jours` days."""
    ecart = timedelta(days=nombre_jours - 1)
    return [
        (datetime.combine(jour, debut), datetime.combine(jour + ecart, fin))
        for jour in sorted(set(jours))
        for debut, fin in horaires
    ]


def normaliser(creneaux, zone) -> list[tuple[datetime, datetime]]:
    """Aware, distinct, by date; refuse what a poll can't propose."""
    situes = sorted({(_situer(d, zone), _situer(f, zone)) for d, f in creneaux})
    if len(situes) < 2:
        raise ErreurMetier("Proposez au moins deux créneaux.")
    if len(situes) > MAX_CRENEAUX:
        raise ErreurMetier(
            f"Un sondage propose au plus {MAX_CRENEAUX} créneaux : vous en avez {len(situes)}."
        )
    if any(fin <= debut for debut, fin in situes):
        raise ErreurMetier("La fin d’un créneau suit son début.")
    if situes[0][0] <= timezone.now():
        raise ErreurMetier("Un créneau est déjà passé : proposez des dates à venir.")
    return situes


def jours_chomes(creneaux, mentions: dict) -> list[tuple[datetime, datetime]]:
    """Those of several days that run over a Saturday, a Sunday or a day with such a mention.

    One day alone was ticked for what it is; of several, only the first one was.
    """
    return sorted(
        (debut, fin)
        for debut, fin in set(creneaux)
        if fin.date() > debut.date()
        and any(j.weekday() >= SAMEDI or j in mentions for j in jours_de(debut, fin))
    )


def jours_de(debut: datetime, fin: datetime) -> list[date]:
    ecart = (fin.date() - debut.date()).days
    return [debut.date() + timedelta(days=n) for n in range(ecart + 1)]


def _situer(moment: datetime, zone) -> datetime:
    return moment.replace(tzinfo=zone) if timezone.is_naive(moment) else moment


def semaines(premier: date, aujourdhui: date) -> list[tuple[date, list[date]]]:
    """Weeks to tick days in: (Monday, days from Monday to Saturday still to come)."""
    lundi = premier - timedelta(days=premier.weekday())
    lignes = []
    for rang in range(SEMAINES):
        debut = lundi + timedelta(weeks=rang)
        jours = [debut + timedelta(days=j) for j in range(6)]
        lignes.append((debut, [j for j in jours if j > aujourdhui]))
    return [ligne for ligne in lignes if ligne[1]]
