"""Numbers and lengths of time in words."""

from __future__ import annotations

from ateliers.calendrier.solveur.recurrence import INSECABLE


def compter(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre}{INSECABLE}{plusieurs if nombre > 1 else un}"


def duree(jours: int) -> str:
    """The one way of saying it, exact: days under a fortnight, then weeks and days."""
    if jours < 14:
        return compter(jours, "jour", "jours")
    semaines, reste = divmod(jours, 7)
    dites = compter(semaines, "semaine", "semaines")
    return f"{dites} et {compter(reste, 'jour', 'jours')}" if reste else dites
