"""What a calendar costs, in points, and in words. Read from the dates, not from the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ateliers.calendrier.solveur import contraintes
from ateliers.calendrier.solveur.creneaux import Grille, absences
from ateliers.calendrier.solveur.doubles import doubles, proches
from ateliers.calendrier.solveur.geographie import vacances
from ateliers.calendrier.solveur.probleme import Date, Probleme, Seance
from ateliers.seances.domaine.heures import heures_prises


@dataclass(frozen=True)
class Regret:
    genre: str
    points: int
    seance: str
    detail: str = ""


def par_depart(probleme: Probleme, grille: Grille, seance: Seance) -> list[tuple[int, int]]:
    """(mask of the starts, points) of every regret that depends on one date only."""
    poids, regrets = probleme.poids, []
    for cle in seance.facultatives:
        points = poids.absent * probleme.ressource(cle).poids
        regrets.append((absences(grille, seance, cle), points))
    if probleme.vacances == "eviter":
        regrets.append((contraintes.en_vacances(grille, seance), poids.vacances))
    for reserve in probleme.reserves:
        if not reserve.bloquante and reserve.concerne(seance.site):
            occupe = grille.entre(reserve.debut, reserve.fin)
            regrets.append((grille.interdits(seance, occupe), poids.reserve))
    return [(masque, points) for masque, points in regrets if masque and points]


def fige(probleme: Probleme, ecart) -> bool:
    """Both dates are pinned: nothing to regret, nothing to choose."""
    return all(s.epingle for s in probleme.seances if s.cle in (ecart.avant, ecart.apres))


def total(probleme: Probleme, dates: tuple[Date, ...]) -> int:
    return sum(r.points for r in regrets(probleme, dates))


def regrets(probleme: Probleme, dates: tuple[Date, ...]) -> list[Regret]:
    par_cle = {d.seance: d for d in dates}
    resultat = []
    for seance in probleme.seances:
        if not seance.epingle:
            resultat += _regrets_date(probleme, seance, par_cle[seance.cle])
    resultat += _regrets_ecarts(probleme, par_cle) + _retards(probleme, par_cle)
    return resultat + _regrets_doubles(probleme, par_cle)


def jours(date: Date) -> list:
    """Calendar days taken, in the clock of the site."""
    return sorted({debut.date() for debut, _ in date.plages})


def libre(ressource, seance: Seance, date: Date) -> bool:
    heures = heures_prises(date.debut, date.fin, seance.hors)
    return not any(
        i.debut.timestamp() < fin.timestamp() and debut.timestamp() < i.fin.timestamp()
        for i in ressource.indisponibilites
        for debut, fin in ([(date.debut, date.fin)] if i.seance else heures)
    )


def _regrets_date(probleme, seance, date):
    poids, resultat = probleme.poids, []
    for cle in seance.facultatives:
        ressource = probleme.ressource(cle)
        if not libre(ressource, seance, date):
            points = poids.absent * ressource.poids
            resultat.append(Regret("absent", points, seance.cle, ressource.nom))
    if probleme.vacances == "eviter":
        noms = [n for j in jours(date) if (n := vacances(seance.site.departement, j))]
        if noms:
            resultat.append(Regret("vacances", poids.vacances, seance.cle, noms[0]))
    for r in probleme.reserves:
        souple = not r.bloquante and r.concerne(seance.site)
        if souple and any(r.debut <= j <= r.fin for j in jours(date)):
            resultat.append(Regret("reserve", poids.reserve, seance.cle, r.nom))
    return resultat


def _local(probleme, cle, instant):
    site = next(s.site for s in probleme.seances if s.cle == cle)
    return instant.astimezone(site.zone).date()


def ecart_reel(probleme, par_cle, ecart) -> timedelta:
    fin = _local(probleme, ecart.avant, par_cle[ecart.avant].fin)
    return _local(probleme, ecart.apres, par_cle[ecart.apres].debut) - fin


def _regrets_ecarts(probleme, par_cle):
    resultat = []
    for ecart in probleme.ecarts:
        if ecart.recommande is None or fige(probleme, ecart):
            continue
        reel = ecart_reel(probleme, par_cle, ecart).days
        points = probleme.poids.ecart_par_jour * abs(reel - ecart.recommande)
        if points:
            detail = f"{reel} {ecart.recommande}"
            resultat.append(Regret("ecart", points, ecart.apres, detail))
    return resultat


def _retards(probleme, par_cle):
    resultat = []
    for cle in probleme.finales:
        duree = (_local(probleme, cle, par_cle[cle].fin) - probleme.debut).days
        points = probleme.poids.retard_par_jour * duree
        resultat.append(Regret("retard", points, cle, str(duree)))
    return resultat


def _regrets_doubles(probleme, par_cle):
    resultat = []
    for double in doubles(probleme):
        if proches(probleme, double, par_cle):
            noms = " ".join(double.gens)
            resultat.append(Regret("double", double.points, double.autre, f"{double.un} {noms}"))
    return resultat
