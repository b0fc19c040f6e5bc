"""A quorum counts each person at one séance at a time.

A date alone does not tell it: one literal for each person and séance says where they are counted,
only where two séances may fall together.
"""

from __future__ import annotations

from ateliers.calendrier.solveur.creneaux import Grille, absences
from ateliers.calendrier.solveur.geographie import jours_francs
from ateliers.calendrier.solveur.probleme import Probleme, Seance


def compter(probleme: Probleme, grille: Grille, seance: Seance, membres, nombre):
    """At least so many of these, none counted elsewhere meanwhile; None when nobody may be."""
    if not any(_rivales(probleme, grille, seance, cle) for cle in membres):
        return None

    def poser(m):
        if any(_concurrentes(m, probleme, grille, seance, cle) for cle in membres):
            ici = [_compte(m, probleme, grille, seance, cle) for cle in membres]
            m.cp.add(sum(ici) >= nombre)

    return poser


def retenir(probleme: Probleme, grille: Grille, seance: Seance, cle: str):
    """Whoever is mandatory here is counted nowhere else meanwhile."""
    if not _rivales(probleme, grille, seance, cle):
        return None

    def poser(m):
        if _concurrentes(m, probleme, grille, seance, cle):
            m.cp.add(_compte(m, probleme, grille, seance, cle) == 1)

    return poser


def _attendue(probleme, grille, cle) -> list[Seance]:
    """Where this person is awaited."""
    return grille.retenir(
        ("attendue", cle),
        lambda: [s for s in probleme.seances if cle in (*s.obligatoires, *s.facultatives)],
    )


def _rivales(probleme, grille, seance, cle) -> list[tuple[Seance, int]]:
    """(other séance, full days to leave): one of the two counts this person, the other one too,
    or needs them."""
    college = probleme.ressource(cle).college

    def compte(s):
        return not s.epingle and any(c == college for c, _ in s.quorums)

    return [
        (autre, jours_francs(seance.site, autre.site))
        for autre in _attendue(probleme, grille, cle)
        if autre.cle != seance.cle
        and (compte(seance) or compte(autre))
        and all(compte(s) or cle in s.obligatoires for s in (seance, autre))
    ]


def _concurrentes(m, probleme, grille, seance, cle):
    """Those that the order of the séances does not keep apart already."""
    return [
        (autre, francs)
        for autre, francs in _rivales(probleme, grille, seance, cle)
        if francs or not m.suivies(seance.cle, autre.cle)
    ]


def _compte(m, probleme, grille, seance, cle):
    """The literal: counted here, hence free here, and at no other séance meanwhile."""
    if (seance.cle, cle) in m.comptes:
        return m.comptes[seance.cle, cle]
    ici = m.comptes[seance.cle, cle] = m.cp.new_bool_var("")
    if not seance.epingle:
        absent = absences(grille, seance, cle)
        libres = [int(d) for d in m.domaines.departs(seance.cle) if not absent >> int(d) & 1]
        from ortools.sat.python import cp_model  # heavy: the pages read the rules without it

        permis = cp_model.Domain.from_values(libres)
        m.cp.add_linear_expression_in_domain(m.pas[seance.cle], permis).only_enforce_if(ici)
    for autre, francs in _concurrentes(m, probleme, grille, seance, cle):
        paire = (frozenset((seance.cle, autre.cle)), cle)
        if paire not in m.comptes_ecartes:
            m.comptes_ecartes.add(paire)
            la_bas = _compte(m, probleme, grille, autre, cle)
            m.ecarter_deux(seance.cle, autre.cle, francs, ici, la_bas)
    return ici
