"""Where an atelier stands in time: one order, one current step, phases that follow each other.

The parcours, the frise and the lists read it here, so that none contradicts another. No query.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum

from django.utils import timezone

from ateliers.parcours.choix import EtatAtelier
from ateliers.seances.choix import EtatSeance
from candidatures.dispositifs.choix import GenreSeance
from socle.interface.templatetags.interface import date_courte

FAITE, COURANTE, A_VENIR, SAUTEE = "faite", "courante", "a_venir", "sautee"
# Neither is ever cancelled: until it is held, it is still to come.
OBLIGATOIRES = (GenreSeance.ATELIER, GenreSeance.RESTITUTION)
FINIS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)
MILIEU = 15  # of a month that was only thought of
UN_JOUR = timedelta(days=1)


class Temps(IntEnum):
    CADRAGE = 0
    LANCEMENT = 1
    ATELIERS = 2
    RESTITUTION = 3
    SUIVI = 4


TOUS = tuple(Temps)
NOMS = {
    Temps.CADRAGE: "Cadrage",
    Temps.LANCEMENT: "Lancement",
    Temps.ATELIERS: "Ateliers",
    Temps.RESTITUTION: "Restitution",
    Temps.SUIVI: "Suivi",
}


@dataclass
class Phase:
    """From its first day to its last; the next one starts the day after, or on that very day.

    `debut_sur`, `fin_sure`: False where that day is only that of a séance without a date.
    """

    temps: Temps
    debut: date
    fin: date
    debut_sur: bool = True
    fin_sure: bool = True

    @property
    def nom(self) -> str:
        return NOMS[self.temps]

    def dite(self, *, presente: bool) -> str:
        """The days that are known only: a séance without a date ends nothing on a given day."""
        du, au = date_courte(self.debut), date_courte(self.fin)
        if presente and (self.fin == timezone.localdate() or not self.fin_sure):
            return f"depuis le {du}"
        if self.debut_sur and self.fin_sure:
            return du if self.debut == self.fin else f"du {du} au {au}"
        if self.debut_sur:
            return f"à partir du {du}"
        return f"jusqu’au {au}" if self.fin_sure else "dates à fixer"


@dataclass
class Marche:
    """The séances in order, with the status, the day and the phase of each, by key."""

    seances: list
    statuts: dict[int, str]
    places: dict[int, date]
    courante: object | None = None  # a séance, « cadrage », « suivi », or None at the end
    temps: dict[int, Temps] = field(default_factory=dict)
    present: Temps | None = None
    aujourdhui: date = field(default_factory=timezone.localdate)


def lire(atelier, seances) -> Marche:
    """Of one atelier, its cancelled séances left out."""
    vivantes = [s for s in seances if s.etat != EtatSeance.ANNULEE]
    vivantes.sort(key=lambda s: (s.ordre, s.id))
    aujourdhui = timezone.localdate()
    statuts = _statuts(atelier, vivantes, aujourdhui.replace(day=1))
    places = _places(vivantes, statuts, aujourdhui + UN_JOUR)
    vivantes.sort(key=lambda s: (places[s.id], s.ordre, s.id))
    marche = Marche(vivantes, statuts, places, aujourdhui=aujourdhui)
    marche.courante = _courante(atelier, marche)
    naturels = _naturels(atelier, [s for s in vivantes if places[s.id] > date.min])
    marche.present = _present(atelier, marche.courante, naturels)
    marche.temps = {pk: _borner(temps, places[pk], marche) for pk, temps in naturels.items()}
    return marche


def _statuts(atelier, seances, mois: date) -> dict[int, str]:
    """By key; `mois`: the first day of this month."""
    tenues = [s for s in seances if s.etat == EtatSeance.TENUE]
    fini, maintenant, statuts = atelier.etat in FINIS, timezone.now(), {}
    for seance in seances:
        statut = A_VENIR
        if seance.etat == EtatSeance.TENUE:
            statut = FAITE
        elif fini or _depassee(seance, tenues, mois, maintenant):
            statut = SAUTEE  # « non tenu »: its day is over, or the démarche has ended
        statuts[seance.id] = statut
    return statuts


def _depassee(seance, tenues, mois, maintenant) -> bool:
    """The démarche went on without it; never so of a step that nothing may skip."""
    if seance.genre in OBLIGATOIRES or not _jour_passe(seance, mois, maintenant):
        return False
    if debut := seance.debut:
        return any(autre.debut > debut for autre in tenues)
    return any(autre.etape_type_id and autre.ordre > seance.ordre for autre in tenues)


def _jour_passe(seance, mois, maintenant) -> bool:
    """A month first thought of is over on its last day only."""
    if fin := (seance.fin_reelle or seance.fin_prevu):
        return fin <= maintenant
    return seance.estime_le is not None and seance.estime_le < mois


def _datee(seance) -> bool:
    """Without the conversion to the clock of the site."""
    return (seance.debut_reel or seance.debut_prevu) is not None


def _places(seances, statuts, demain: date) -> dict[int, date]:
    """The day that sorts each séance.

    One without a date is still to come: after today, and after the steps of the démarche before it.
    """
    places, derniere = {}, date.min
    for seance in seances:
        debut = seance.debut
        jour = debut.date() if debut else date.min
        if debut is None and seance.estime_le:
            jour = seance.estime_le.replace(day=MILIEU)
        if debut is None and statuts[seance.id] == A_VENIR:
            jour = max(jour, derniere, demain)
        places[seance.id] = jour
        if seance.etape_type_id:
            derniere = max(derniere, jour)
    return places


def _courante(atelier, marche):
    """The first step to come. Once the démarche is through, one without a date holds nothing up."""
    if atelier.etat in FINIS:
        return None
    if atelier.etat == EtatAtelier.SUIVI:
        return "suivi"
    if atelier.etat == EtatAtelier.CADRAGE:
        return "cadrage"
    reste = [s for s in marche.seances if marche.statuts[s.id] == A_VENIR]
    if not any(s.genre in OBLIGATOIRES for s in reste):
        reste = [s for s in reste if s.debut]
    return reste[0] if reste else "suivi"


def _naturels(atelier, seances) -> dict[int, Temps]:
    """The phase of each by its place among the others: it never goes back."""
    genres = [s.genre for s in seances]
    in_situ = [rang for rang, g in enumerate(genres) if g == GenreSeance.ATELIER]
    rendus = [rang for rang, g in enumerate(genres) if g == GenreSeance.RESTITUTION]
    premier = min([*in_situ, *rendus], default=len(seances))
    suivi = atelier.etat in (EtatAtelier.SUIVI, EtatAtelier.CLOS)
    resultat = {}
    for rang, seance in enumerate(seances):
        if rang < premier:
            temps = Temps.LANCEMENT
        elif in_situ and rang <= in_situ[-1]:
            temps = Temps.ATELIERS
        elif suivi and rendus and rang > rendus[-1]:
            temps = Temps.SUIVI
        else:
            temps = Temps.RESTITUTION
        resultat[seance.id] = temps
    return resultat


def _present(atelier, courante, naturels) -> Temps | None:
    """The phase that holds today. The follow-up is opened by the pilot, on no day known before."""
    if courante is None:
        return None
    if courante == "cadrage":
        return Temps.CADRAGE
    if courante == "suivi":
        return Temps.SUIVI if atelier.etat == EtatAtelier.SUIVI else Temps.RESTITUTION
    return naturels[courante.id]


def _borner(temps, place, marche) -> Temps:
    """What is behind belongs to no later phase than today’s, what is ahead to no earlier one."""
    if marche.present is None:
        return temps
    if place <= marche.aujourdhui:
        return min(temps, marche.present)
    return max(temps, marche.present)


def phases(atelier, marche: Marche, demarre_le: date | None = None) -> list[Phase]:
    """Each phase from the end of the one before to its last séance; today in the current one.

    `demarre_le`: day the first contract was notified, which ends the cadrage.
    """
    jours = _jours(marche)
    lignes: list[Phase] = []
    for temps in TOUS:
        present = temps == marche.present
        if temps == Temps.CADRAGE:
            phase = _cadrage(atelier, jours, marche, demarre_le)
        elif not jours[temps] and not present and not _clos(atelier, temps):
            continue
        else:
            phase = _suivante(
                atelier, temps, jours[temps], lignes, marche.aujourdhui if present else None
            )
        lignes.append(phase)
    if atelier.clos_le and atelier.etat in FINIS:
        for phase in lignes:
            phase.fin = min(phase.fin, atelier.clos_le)
    return [phase for phase in lignes if phase.debut <= phase.fin]


def _jours(marche) -> list[list[tuple[date, date, bool]]]:
    """(first day, last day, whether it is dated) for each séance of each phase, in order."""
    jours: list[list] = [[] for _ in TOUS]
    for seance in marche.seances:
        if (temps := marche.temps.get(seance.id)) is None:
            continue
        place, datee = marche.places[seance.id], _datee(seance)
        fin = seance.fin if datee else None
        jours[temps].append((place, fin.date() if fin else place, datee))
    return jours


def _clos(atelier, temps) -> bool:
    return temps == Temps.SUIVI and atelier.etat == EtatAtelier.CLOS


def _cadrage(atelier, jours, marche, demarre_le) -> Phase:
    """Until the contract or, sooner, the first séance; it lasts as long as it is the step."""
    aujourdhui = marche.aujourdhui
    termes = [(du, sur) for temps in TOUS[1:] for du, _, sur in jours[temps][:1]]
    termes += [(demarre_le, True)] if demarre_le else []
    terme, sure = min(termes, default=(max(atelier.ouvert_le, aujourdhui) + UN_JOUR, True))
    fin = terme - UN_JOUR
    debut = min([atelier.ouvert_le, *(du for du, _, _ in jours[Temps.CADRAGE])])
    if marche.present == Temps.CADRAGE:
        debut, fin = min(debut, aujourdhui), max(fin, aujourdhui)
    return Phase(Temps.CADRAGE, debut, fin, fin_sure=sure)


def _suivante(atelier, temps, jours, lignes, aujourdhui: date | None) -> Phase:
    """Starts when the one before ends, or sooner if it must hold a séance, or today (`aujourdhui`,
    None for a phase that is not the current one)."""
    avant = lignes[-1]
    bornes = [(du, sur) for du, _, sur in jours[:1]] + ([(aujourdhui, True)] if aujourdhui else [])
    suite = max(avant.fin, atelier.ouvert_le - UN_JOUR) + UN_JOUR
    debut, debut_sur = min([(suite, avant.fin_sure), *bornes])
    avant.fin = min(avant.fin, debut)
    fins = [(au, sur) for _, au, sur in jours] + ([(aujourdhui, True)] if aujourdhui else [])
    if _clos(atelier, temps) and atelier.clos_le:
        fins.append((atelier.clos_le, True))
    fin, fin_sure = max([(debut, debut_sur), *fins])
    return Phase(temps, debut, fin, debut_sur, fin_sure)
