"""Every hard rule as a named constraint, so that a conflict can be told and one of them eased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import combinations

from ateliers.calendrier.solveur import quorums
from ateliers.calendrier.solveur.creneaux import Grille, absences, bits, jours_en_plus
from ateliers.calendrier.solveur.geographie import ferie, jours_francs, vacances
from ateliers.calendrier.solveur.probleme import SOIR, Probleme, Seance

# The easier to ease, the smaller.
SOUPLESSE = {
    "vacances": 1,
    "soir": 2,
    "samedi": 3,
    "epingle": 4,
    "fenetre": 5,
    "quorum": 6,
    "ecart_max": 7,
    "ecart_min": 8,
    "duree_min": 9,
    "duree": 10,
    "lieu": 11,
    "personne": 12,
    "partage": 13,
    "reserve": 14,
    "dimanche": 15,
    "ferie": 16,
    "ordre": 17,
}
# Said once for every séance: eased for all of them at once.
GLOBALES = ("fenetre", "samedi", "dimanche", "soir", "ferie", "vacances")


@dataclass(frozen=True)
class Contrainte:
    """`interdit`: forbidden starts of one séance; else `poser` adds to the model."""

    genre: str
    seances: tuple[str, ...]
    sujet: str = ""
    interdit: int = 0
    poser: Callable | None = field(default=None, compare=False)
    parametre: object = None

    @property
    def souplesse(self) -> int:
        return SOUPLESSE[self.genre]

    @property
    def critere(self) -> tuple:
        """What the pilot sees as one rule, and eases in one gesture.

        Dropping somebody's presence drops that they cannot be in two places.
        """
        if self.genre in GLOBALES:
            return (self.genre,)
        if self.genre in ("personne", "partage", "lieu"):
            return ("presence", self.sujet)
        if self.genre in ("reserve", "quorum"):
            return (self.genre, self.sujet)
        return (self.genre, *self.seances)


def toutes(probleme: Probleme, grille: Grille) -> list[Contrainte]:
    liste = []
    for seance in probleme.seances:
        if seance.epingle:
            liste.append(Contrainte("epingle", (seance.cle,), parametre=seance.epingle))
            liste += _retenus(probleme, grille, seance)
        else:
            tous = grille.tous(seance)
            liste += [c for c in _unaires(probleme, grille, seance) if c.interdit & tous or c.poser]
    return liste + _ecarts(probleme) + _durees(probleme) + _partages(probleme)


def _unaires(probleme, grille, seance):
    departement = seance.site.departement
    cles = (seance.cle,)
    fenetre = grille.tous(seance) & ~_dans_fenetre(grille, seance)
    yield Contrainte("fenetre", cles, interdit=fenetre)
    yield Contrainte("dimanche", cles, interdit=_jour_de_semaine(grille, seance, 6))
    if not seance.samedi:
        yield Contrainte("samedi", cles, interdit=_jour_de_semaine(grille, seance, 5))
    if not seance.soir:
        yield Contrainte("soir", cles, interdit=grille.tous(seance) & grille.moments[SOIR])
    chome = _feries(grille, departement)
    yield Contrainte("ferie", cles, interdit=grille.interdits(seance, chome))
    if probleme.vacances == "interdire":
        conges = _vacances(grille, departement)
        yield Contrainte("vacances", cles, interdit=grille.interdits(seance, conges))
    for reserve in probleme.reserves:
        if reserve.bloquante and reserve.concerne(seance.site):
            occupe = grille.entre(reserve.debut, reserve.fin)
            yield Contrainte("reserve", cles, reserve.nom, grille.interdits(seance, occupe))
    yield from _presences(probleme, grille, seance)


def _retenus(probleme, grille, seance):
    """Who is mandatory at a fixed date is counted by no other quorum at that time."""
    return [
        Contrainte("personne", (seance.cle,), cle, 0, poser)
        for cle in seance.obligatoires
        if (poser := quorums.retenir(probleme, grille, seance, cle))
    ]


def _presences(probleme, grille, seance):
    for cle in seance.obligatoires:
        poser = quorums.retenir(probleme, grille, seance, cle)
        yield Contrainte("personne", (seance.cle,), cle, absences(grille, seance, cle), poser)
    if seance.lieu:
        occupe = absences(grille, seance, seance.lieu)
        yield Contrainte("lieu", (seance.cle,), seance.lieu, occupe)
    for college, nombre in seance.quorums:
        membres = [
            c
            for c in {*seance.obligatoires, *seance.facultatives}
            if probleme.ressource(c).college == college
        ]
        absents = [absences(grille, seance, c) for c in membres]
        interdit = 0
        for pas in bits(grille.tous(seance)):
            if len(membres) - sum(a >> pas & 1 for a in absents) < nombre:
                interdit |= 1 << pas
        poser = quorums.compter(probleme, grille, seance, sorted(membres), nombre)
        yield Contrainte("quorum", (seance.cle,), college, interdit, poser, nombre)


def _jour_de_semaine(grille, seance, rang):
    jours = grille.retenir(
        ("semaine", rang), lambda: grille.journees(lambda j: j.weekday() == rang)
    )
    return grille.interdits(seance, jours)


def _dans_fenetre(grille: Grille, seance: Seance) -> int:
    """Starts whose last day too is in the window."""
    dernier = seance.fin - timedelta(days=jours_en_plus(seance))
    return grille.tous(seance) & grille.entre(seance.debut, dernier)


def _feries(grille, departement):
    return grille.retenir(
        ("feries", departement),
        lambda: grille.journees(lambda j: bool(ferie(departement, j))),
    )


def _vacances(grille, departement):
    return grille.retenir(
        ("vacances", departement),
        lambda: grille.journees(lambda j: bool(vacances(departement, j))),
    )


def en_vacances(grille: Grille, seance: Seance) -> int:
    return grille.interdits(seance, _vacances(grille, seance.site.departement))


def _ecarts(probleme):
    resultat = []
    for ecart in probleme.ecarts:
        cles = (ecart.avant, ecart.apres)
        ordre = Contrainte("ordre", cles, poser=_ordre(ecart))
        resultat += [ordre] if ordre_impose(probleme, ecart) else []
        if figees(probleme, *cles):
            continue
        if ecart.min_jours:
            poser = _au_moins(ecart)
            resultat.append(Contrainte("ecart_min", cles, "", 0, poser, ecart.min_jours))
        if ecart.max_jours is not None:
            poser = _au_plus(ecart)
            resultat.append(Contrainte("ecart_max", cles, "", 0, poser, ecart.max_jours))
    return resultat


def figees(probleme, *cles):
    return all(s.epingle for s in probleme.seances if s.cle in cles)


def ordre_impose(probleme, ecart) -> bool:
    """Between two fixed dates, only what the démarche would refuse to program is refused."""
    deux = [s.epingle for s in probleme.seances if s.cle in (ecart.avant, ecart.apres)]
    return not all(deux) or ecart.strict and not all(e.programmee for e in deux)


def _ordre(e):
    return lambda m: m.suivre(e.avant, e.apres)


def _au_moins(e):
    return lambda m: m.cp.add(m.jour[e.apres] - m.dernier(e.avant) >= e.min_jours)


def _au_plus(e):
    return lambda m: m.cp.add(m.jour[e.apres] - m.dernier(e.avant) <= e.max_jours)


def _durees(probleme):
    resultat = []
    for d in probleme.durees:
        cles = (d.premiere, d.derniere)
        if figees(probleme, *cles):
            continue
        resultat.append(Contrainte("duree", cles, d.atelier, 0, _tenir_en(d), d.max_jours))
        if d.min_jours:
            poser = _durer(d)
            resultat.append(Contrainte("duree_min", cles, d.atelier, 0, poser, d.min_jours))
    return resultat


def _tenir_en(d):
    return lambda m: m.cp.add(m.dernier(d.derniere) - m.jour[d.premiere] < d.max_jours)


def _durer(d):
    return lambda m: m.cp.add(m.jour[d.derniere] - m.jour[d.premiere] >= d.min_jours)


def _partages(probleme):
    """Two séances that share a team, a person or a venue: never at once, nor too far too soon."""
    resultat = []
    for un, autre in combinations(probleme.seances, 2):
        if un.epingle and autre.epingle:
            continue
        francs = jours_francs(un.site, autre.site)
        communes = sorted({*un.obligatoires} & {*autre.obligatoires})
        if un.lieu and un.lieu == autre.lieu:
            communes.append(un.lieu)
        resultat += [
            Contrainte("partage", (un.cle, autre.cle), cle, 0, _exclure(un, autre, francs), francs)
            for cle in communes
        ]
    return resultat


def _exclure(un, autre, francs):
    def poser(m):
        cle = (un.cle, autre.cle)
        if cle in m.exclusions or not francs and m.suivies(*cle):
            return
        m.exclusions.add(cle)
        m.ecarter_deux(*cle, francs)

    return poser
