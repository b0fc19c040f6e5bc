"""What a room above knows of days and tells to those below: holidays, reserve, absences.

`ateliers.calendrier` registers both functions when the apps are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

# (atelier, days) → {day: words}
_JOURS: list[Callable] = []
# (séance, severities by kind, reader) → conflicts
_CONFLITS: list[Callable] = []


def connaitre_les_jours(fonction) -> None:
    if fonction not in _JOURS:
        _JOURS.append(fonction)


def connaitre_les_conflits(fonction) -> None:
    if fonction not in _CONFLITS:
        _CONFLITS.append(fonction)


def mentions_des_jours(atelier, jours: list[date]) -> dict[date, str]:
    """What to know of each day where this atelier is held; days of no mark are absent."""
    return {jour: mot for f in _JOURS for jour, mot in f(atelier, jours).items()}


def conflits_exterieurs(seance, regles, par) -> list:
    return [conflit for f in _CONFLITS for conflit in f(seance, regles, par)]
