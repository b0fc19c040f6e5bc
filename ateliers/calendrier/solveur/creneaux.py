"""Starts of a séance as bits of an integer: bit 3 × day + moment. Sets of dates become masks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from ateliers.calendrier.solveur.probleme import (
    APRES_MIDI,
    HEURES,
    MATIN,
    SOIR,
    Intervalle,
    Probleme,
    Seance,
    Site,
)
from ateliers.seances.domaine.heures import heures_prises

MARGE = timedelta(days=180)


def decalages(seance: Seance, moment: int) -> list[int]:
    """Slots taken, counted from the start: an afternoon is followed by the next morning."""
    pas, courant = [], moment
    while len(pas) < seance.demi_journees:
        pas.append(courant - moment)
        courant += 1 if courant % 3 == MATIN else 2
    return pas


def jours_en_plus(seance: Seance) -> int:
    return (seance.demi_journees - 1) // 2


def etendue(seance: Seance) -> int:
    """Slots from the start to the end, nights included: the same whatever the start."""
    return 3 * jours_en_plus(seance) + (1 if seance.demi_journees % 2 else 2)


def gabarit(seance: Seance, moment: int, entiere: bool) -> list[tuple[timedelta, timedelta]]:
    """What it takes, counted from the midnight of its first day: its hours, or all in one."""
    minuit = datetime(2000, 1, 1)
    jours, dernier = divmod(moment + etendue(seance) - 1, 3)
    debut = datetime.combine(minuit, HEURES[moment][0])
    fin = datetime.combine(minuit + timedelta(days=jours), HEURES[dernier][1])
    plages = [(debut, fin)] if entiere else heures_prises(debut, fin, seance.hors)
    return [(de - minuit, a - minuit) for de, a in plages]


def bits(masque: int):
    while masque:
        bas = masque & -masque
        yield bas.bit_length() - 1
        masque ^= bas


class Grille:
    """The slots of a problem, from its first day to well after its last: windows may be eased."""

    def __init__(self, probleme: Probleme):
        self.probleme = probleme
        epingles = [s.epingle.debut.astimezone(s.site.zone).date() for s in self._epinglees()]
        fins = [s.epingle.fin.astimezone(s.site.zone).date() for s in self._epinglees()]
        self.origine = min([probleme.debut, *epingles])
        dernier = max([*(s.fin for s in probleme.seances), *fins]) + MARGE
        self.jours = (dernier - self.origine).days + 1
        un_jour = sum(1 << (3 * n) for n in range(self.jours))
        self.moments = (un_jour, un_jour << APRES_MIDI, un_jour << SOIR)
        self._memoire = {}

    def retenir(self, cle, calculer):
        """Compute once."""
        if cle not in self._memoire:
            self._memoire[cle] = calculer()
        return self._memoire[cle]

    def _epinglees(self):
        return [s for s in self.probleme.seances if s.epingle]

    def jour(self, pas: int) -> date:
        return self.origine + timedelta(days=pas // 3)

    def rang(self, jour: date) -> int:
        return (jour - self.origine).days

    def departs(self, seance: Seance) -> dict[int, int]:
        """Moment → mask of the starts that the length of the séance allows."""
        pairs = {MATIN: self.moments[MATIN]}
        if seance.demi_journees % 2:
            pairs[APRES_MIDI] = self.moments[APRES_MIDI]
        if seance.demi_journees == 1:
            pairs[SOIR] = self.moments[SOIR]
        return pairs

    def tous(self, seance: Seance) -> int:
        masque = 0
        for departs in self.departs(seance).values():
            masque |= departs
        return masque

    def interdits(self, seance: Seance, occupe: int) -> int:
        """Starts that would take one of the occupied slots."""
        masque = 0
        for moment, departs in self.departs(seance).items():
            for pas in decalages(seance, moment):
                masque |= (occupe >> pas) & departs
        return masque

    def bornes(self, pas: int, site: Site) -> tuple[datetime, datetime]:
        jour, (debut, fin) = self.jour(pas), HEURES[pas % 3]
        return (
            datetime.combine(jour, debut, tzinfo=site.zone),
            datetime.combine(jour, fin, tzinfo=site.zone),
        )

    def plages(self, seance: Seance, pas: int) -> tuple[tuple[datetime, datetime], ...]:
        return tuple(self.bornes(pas + d, seance.site) for d in decalages(seance, pas % 3))

    def jours_pris(
        self, intervalles: tuple[Intervalle, ...], site: Site, de: timedelta, a: timedelta
    ) -> int:
        """Days (their first slot) that an interval touches from `de` to `a` after midnight.

        On the clock of the site; `a` may be on a later day.
        """
        masque, suite = 0, a.days
        for intervalle in intervalles:
            premier = self.rang(intervalle.debut.astimezone(site.zone).date()) - suite
            dernier = self.rang(intervalle.fin.astimezone(site.zone).date())
            for rang in range(max(premier, 0), min(dernier, self.jours - 1) + 1):
                minuit = datetime.combine(self.jour(3 * rang), time(), tzinfo=site.zone)
                # Same-zone datetimes compare by wall clock: instants are what counts.
                if (minuit + de).timestamp() < intervalle.fin.timestamp() and (
                    intervalle.debut.timestamp() < (minuit + a).timestamp()
                ):
                    masque |= 1 << (3 * rang)
        return masque

    def absences(self, seance: Seance, intervalles: tuple[Intervalle, ...], cle: str) -> int:
        """Starts at which one of these intervals, those of `cle`, takes from the séance's hours."""
        masque = 0
        for entiere in (False, True):
            siens = tuple(i for i in intervalles if i.seance is entiere)
            for moment, departs in self.departs(seance).items() if siens else ():
                for debut, fin in gabarit(seance, moment, entiere):
                    jours = timedelta(debut.days)
                    pris = self.retenir(
                        (cle, entiere, seance.site.fuseau, debut - jours, fin - jours),
                        partial(self.jours_pris, siens, seance.site, debut - jours, fin - jours),
                    )
                    masque |= (pris >> 3 * debut.days) << moment & departs
        return masque

    def journees(self, choisir) -> int:
        """Slots of the days for which `choisir(jour)` holds."""
        return sum(
            0b111 << (3 * n) for n in range(self.jours) if choisir(self.origine + timedelta(days=n))
        )

    def entre(self, debut: date, fin: date) -> int:
        """Slots from one day to another, both included."""
        premier, dernier = max(self.rang(debut), 0), min(self.rang(fin), self.jours - 1)
        if dernier < premier:
            return 0
        return ((1 << (3 * (dernier - premier + 1))) - 1) << (3 * premier)

    def epingle(self, seance: Seance) -> tuple[int, int]:
        """Start and length, in slots, of what is pinned."""
        debut = seance.epingle.debut.astimezone(seance.site.zone)
        fin = seance.epingle.fin.astimezone(seance.site.zone)
        depart = 3 * self.rang(debut.date()) + _moment(debut)
        return depart, max(3 * self.rang(fin.date()) + _moment_fin(fin) + 1 - depart, 1)


def _moment(instant: datetime) -> int:
    return MATIN if instant.hour < 13 else APRES_MIDI if instant.hour < 18 else SOIR


def _moment_fin(instant: datetime) -> int:
    minutes = instant.hour * 60 + instant.minute
    return MATIN if minutes <= 14 * 60 else APRES_MIDI if minutes <= 18 * 60 else SOIR


def absences(grille: Grille, seance: Seance, cle: str) -> int:
    """Starts at which this person, team or venue is not free."""
    return grille.absences(seance, grille.probleme.ressource(cle).indisponibilites, cle)
