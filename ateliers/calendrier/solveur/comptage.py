"""For the validator: do the quorums hold when nobody is counted at two places at once?"""

from __future__ import annotations

from itertools import combinations

from ateliers.calendrier.solveur.probleme import Probleme


def comptes_deux_fois(probleme: Probleme, par_cle, proches, libre) -> list[str]:
    """`proches(un, date, autre, autre_date)`: nobody can be at both; `libre(who, séance, date)`.

    The séances that fall together with no other were read one by one already.
    """
    ensemble = {
        frozenset((un.cle, autre.cle))
        for un, autre in combinations(probleme.seances, 2)
        if proches(un, par_cle[un.cle], autre, par_cle[autre.cle])
    }
    ici = [s for s in probleme.seances if not s.epingle and any(s.cle in p for p in ensemble)]
    colleges = dict.fromkeys(c for s in ici for c, _ in s.quorums)
    return [
        "Un quorum compte une même personne à deux séances à la fois."
        for college in colleges
        if not _tenu(probleme, par_cle, ensemble, ici, college, libre)
    ]


def _tenu(probleme, par_cle, ensemble, ici, college, libre) -> bool:
    """What is still missing at each séance, for every way of counting each person in turn."""
    seances = [s for s in ici if college in dict(s.quorums)]
    manques = {tuple(dict(s.quorums)[college] for s in seances)}
    for ressource in probleme.ressources:
        if ressource.college == college:
            ou = _comptables(probleme, par_cle, ensemble, seances, ressource, libre)
            manques = {
                tuple(max(0, n - (s.cle in choix)) for s, n in zip(seances, reste, strict=True))
                for reste in manques
                for choix in ou
            }
    return any(not any(reste) for reste in manques)


def _comptables(probleme, par_cle, ensemble, seances, ressource, libre) -> list[set[str]]:
    """The sets of séances at which this person may be counted, one place at a time."""
    cle = ressource.cle
    tenues = [s.cle for s in probleme.seances if cle in s.obligatoires]
    libres = [
        s.cle
        for s in seances
        if cle in (*s.obligatoires, *s.facultatives)
        and not any({s.cle, tenue} in ensemble for tenue in tenues)
        and libre(ressource, s, par_cle[s.cle])
    ]
    return list(_choix(libres, ensemble))


def _choix(cles, ensemble):
    if not cles:
        yield set()
        return
    premiere, *suite = cles
    loin = [c for c in suite if {premiere, c} not in ensemble]
    for choix in _choix(loin, ensemble):
        yield {premiere} | choix
    if len(loin) < len(suite):
        yield from _choix(suite, ensemble)
