"""A créneau in words, on the clock of the site, and on that of Paris where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from socle.interface.templatetags.interface import date_courte, date_longue, heure, periode

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class Plage:
    """`jour` groups; `heures` is read beside it; `entier` stands alone; `paris` may be empty."""

    cle: int
    debut: datetime
    fin: datetime
    paris: str

    @property
    def jour(self) -> date:
        return self.debut.date()

    @property
    def heures(self) -> str:
        return _heures(self.debut, self.fin)

    @property
    def entier(self) -> str:
        return periode(self.debut, self.fin)


def _naif(instant: datetime, zone) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _heures(debut: datetime, fin: datetime) -> str:
    if debut.date() == fin.date():
        return f"de {heure(debut)} à {heure(fin)}"
    return f"{heure(debut)}, jusqu’au {date_longue(fin.date())}, {heure(fin)}"


def plage(creneau, zone) -> Plage:
    debut, fin = _naif(creneau.debut, zone), _naif(creneau.fin, zone)
    a_paris = _naif(creneau.debut, PARIS), _naif(creneau.fin, PARIS)
    paris = "" if (debut, fin) == a_paris else f"{_heures(*a_paris)} à Paris"
    if paris and a_paris[0].date() != debut.date():
        paris = f"{date_courte(a_paris[0].date())}, {paris}"
    return Plage(creneau.pk, debut, fin, paris)


def ville(fuseau: str) -> str:
    return fuseau.split("/")[-1].replace("_", " ")


def horloge(seance, plages) -> str:
    """Whose clock the hours are read on, said once."""
    if any(p.paris for p in plages):
        return f"Les heures sont celles du lieu (fuseau de {ville(seance.fuseau)})."
    return f"Les heures sont celles de {ville(seance.fuseau)}."
