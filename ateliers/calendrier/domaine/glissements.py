"""Slips: planned, actual, why. One line per séance that moved, one balance per atelier."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from ateliers.seances.choix import EtatSeance
from socle.interface.templatetags.interface import pluriel


def ecart_dit(jours: float | None) -> str:
    """« 12 jours plus tard », « 3 jours plus tôt », « le même jour »."""
    if jours is None:
        return "–"
    if jours == 0:
        return "le même jour"
    nombre = int(abs(jours)) if abs(jours) == int(abs(jours)) else None
    dit = pluriel(nombre, "jour") if nombre is not None else f"{abs(jours):.1f} jours"
    sens = "plus tard" if jours > 0 else "plus tôt"
    return f"{dit.replace('.', ',')} {sens}"


@dataclass(frozen=True)
class Glissee:
    """One slip, and where the séance stands today."""

    seance: object
    prevue: date
    nouvelle: date
    jours: int
    motif: str
    le: object
    par: str
    actuelle: date | None
    tenue: bool

    @property
    def ecart(self) -> str:
        return ecart_dit(self.jours)


@dataclass(frozen=True)
class Bilan:
    atelier: object
    seances: int
    reportees: int
    reports: int
    mediane: float | None
    plus_fort: int | None

    @property
    def mediane_dite(self) -> str:
        return ecart_dit(self.mediane)

    @property
    def plus_fort_dit(self) -> str:
        return ecart_dit(self.plus_fort)


def _local(instant, seance) -> date:
    return instant.astimezone(seance.zone).date()


def lignes_de(seances, glissements) -> list[Glissee]:
    """In the order of the decisions."""
    par_cle = {s.pk: s for s in seances}
    lignes = []
    for g in glissements:
        seance = par_cle.get(g.seance_id, g.seance)
        ancien, nouveau = _local(g.ancien_debut, seance), _local(g.nouveau_debut, seance)
        lignes.append(
            Glissee(
                seance=seance,
                prevue=ancien,
                nouvelle=nouveau,
                jours=(nouveau - ancien).days,
                motif=g.motif,
                le=g.le,
                par=g.par.nom_complet,
                actuelle=seance.debut.date() if seance.debut else None,
                tenue=seance.etat == EtatSeance.TENUE,
            )
        )
    return lignes


def ecarts(seances, glissements) -> dict[int, list[int]]:
    """By atelier: for each séance that moved, days from the first date to the one that holds."""
    premiers = {}
    for g in glissements:
        premiers.setdefault(g.seance_id, g.ancien_debut)
    resultat = defaultdict(list)
    for seance in seances:
        if seance.pk in premiers and seance.debut:
            jours = (seance.debut.date() - _local(premiers[seance.pk], seance)).days
            resultat[seance.atelier_id].append(jours)
    return resultat


def ecarts_de(seances, glissements) -> list[int]:
    return [jours for groupe in ecarts(seances, glissements).values() for jours in groupe]


def bilan(ateliers, seances, glissements) -> list[Bilan]:
    """The ateliers that slip most come first."""
    comptes, reports = defaultdict(int), defaultdict(int)
    for seance in seances:
        comptes[seance.atelier_id] += 1
    for g in glissements:
        reports[g.seance.atelier_id] += 1
    glisses = ecarts(seances, glissements)
    lignes = [
        Bilan(
            atelier=a,
            seances=comptes[a.pk],
            reportees=len(glisses[a.pk]),
            reports=reports[a.pk],
            mediane=median(glisses[a.pk]) if glisses[a.pk] else None,
            plus_fort=max(glisses[a.pk], key=abs) if glisses[a.pk] else None,
        )
        for a in ateliers
    ]
    return sorted(lignes, key=lambda b: (-(b.mediane or 0), -b.reports, b.atelier.nom))


def bilan_ensemble(lignes: list[Bilan], tous: list[int] = ()) -> dict:
    """The programme: how many séances moved, and the median slip of those that did."""
    return {
        "seances": sum(b.seances for b in lignes),
        "reportees": sum(b.reportees for b in lignes),
        "reports": sum(b.reports for b in lignes),
        "mediane": ecart_dit(median(tous)) if tous else "",
    }
