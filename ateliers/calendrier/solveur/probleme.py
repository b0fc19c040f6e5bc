"""What the solver is given: plain data, no database, no Django.

A day holds three moments (morning, afternoon, evening). A séance lasts a number of half-days, which
follow each other over consecutive days; an evening is used only by a séance of one half-day that
allows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from ateliers.seances.domaine.heures import HorsJournee

MATIN, APRES_MIDI, SOIR = range(3)
HEURES = (
    (time(9, 0), time(12, 30)),
    (time(14, 0), time(17, 30)),
    (time(18, 0), time(21, 0)),
)
Vacances = Literal["eviter", "interdire", "ignorer"]


class Interrompu(Exception):
    """The pilot pressed the stop button."""


class SansReponse(Exception):
    """Neither a calendar nor a proof that there is none, in the time allowed."""


@dataclass(frozen=True)
class Intervalle:
    """From `debut` included to `fin` excluded, both with a zone. `regle`: « siège le mardi ».

    `seance`: another séance, or a room held for it; two séances never share a night.
    """

    debut: datetime
    fin: datetime
    motif: str = ""
    regle: str = ""
    seance: bool = False


@dataclass(frozen=True)
class Ressource:
    """A person, a team, or a member of the national staff: one place at a time."""

    cle: str
    nom: str
    college: str = ""
    poids: int = 1
    indisponibilites: tuple[Intervalle, ...] = ()


@dataclass(frozen=True)
class Site:
    departement: str
    fuseau: str = "Europe/Paris"
    latitude: float | None = None
    longitude: float | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.fuseau)


@dataclass(frozen=True)
class Epingle:
    """What the pilot fixed, or what is programmed already: its dates are taken as they are."""

    debut: datetime
    fin: datetime
    programmee: bool = False


@dataclass(frozen=True)
class Seance:
    """`debut` and `fin`: first and last day on which it may be held.

    `hors`: what its published déroulé takes outside working hours (`seances.domaine.heures`).
    """

    cle: str
    atelier: str
    titre: str
    site: Site
    debut: date
    fin: date
    demi_journees: int = 2
    soir: bool = False
    samedi: bool = False
    obligatoires: tuple[str, ...] = ()
    facultatives: tuple[str, ...] = ()
    quorums: tuple[tuple[str, int], ...] = ()
    lieu: str = ""
    epingle: Epingle | None = None
    hors: tuple[HorsJournee, ...] = ()


@dataclass(frozen=True)
class Ecart:
    """`apres` follows `avant`; days counted from the last day of one to the first of the other.

    `strict`: the démarche refuses the contrary order, even between two dates fixed by hand.
    """

    avant: str
    apres: str
    min_jours: int = 0
    max_jours: int | None = None
    recommande: int | None = None
    strict: bool = False


@dataclass(frozen=True)
class Duree:
    """From the first day of `premiere` to the last day of `derniere`, at most so many days.

    `min_jours`: at least so many, from the first day of one to the first day of the other.
    `dite`, `dite_min`: the same two in words, « 18 mois ».
    """

    atelier: str
    premiere: str
    derniere: str
    max_jours: int
    min_jours: int = 0
    dite: str = ""
    dite_min: str = ""


@dataclass(frozen=True)
class Reserve:
    """An electoral reserve; without départements, the whole country. Both days included."""

    nom: str
    debut: date
    fin: date
    bloquante: bool = True
    departements: tuple[str, ...] = ()

    def concerne(self, site: Site) -> bool:
        return not self.departements or site.departement in self.departements


@dataclass(frozen=True)
class Poids:
    """Soft costs, in points."""

    absent: int = 40
    vacances: int = 60
    reserve: int = 120
    ecart_par_jour: int = 3
    retard_par_jour: int = 1


@dataclass(frozen=True)
class Probleme:
    seances: tuple[Seance, ...]
    ressources: tuple[Ressource, ...] = ()
    lieux: tuple[Ressource, ...] = ()
    ecarts: tuple[Ecart, ...] = ()
    durees: tuple[Duree, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    vacances: Vacances = "eviter"
    poids: Poids = field(default_factory=Poids)

    def ressource(self, cle: str) -> Ressource:
        return next(r for r in (*self.ressources, *self.lieux) if r.cle == cle)

    def seance(self, cle: str) -> Seance:
        return next(s for s in self.seances if s.cle == cle)

    @property
    def debut(self) -> date:
        return min(s.debut for s in self.seances)

    @property
    def finales(self) -> tuple[str, ...]:
        """Séances that nothing follows: what makes an atelier end late."""
        suivies = {e.avant for e in self.ecarts}
        return tuple(s.cle for s in self.seances if s.cle not in suivies)


@dataclass(frozen=True)
class Date:
    """One séance placed: the half-days it takes, in order, with their zone."""

    seance: str
    plages: tuple[tuple[datetime, datetime], ...]

    @property
    def debut(self) -> datetime:
        return self.plages[0][0]

    @property
    def fin(self) -> datetime:
        return self.plages[-1][1]


@dataclass(frozen=True)
class Proposition:
    """`optimale`: proven, among those that differ enough from the calendars before it."""

    dates: tuple[Date, ...]
    cout: int
    optimale: bool = False

    def date(self, cle: str) -> Date:
        return next(d for d in self.dates if d.seance == cle)
