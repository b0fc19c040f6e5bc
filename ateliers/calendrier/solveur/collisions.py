"""Collisions in plain French: a short sentence, the facts behind it, each rule as it was set."""

from __future__ import annotations

from ateliers.calendrier.solveur.creneaux import Grille, absences, bits
from ateliers.calendrier.solveur.durees import compter, duree
from ateliers.calendrier.solveur.phrases import enumerer, membres
from ateliers.calendrier.solveur.probleme import SOIR, Probleme
from ateliers.calendrier.solveur.recurrence import JOURS, heure, jour

# Of those whose absences break a quorum, how many are named.
CITES = 4


def collision(probleme: Probleme, heurts) -> tuple[str, list[str]]:
    """(the sentence, the facts): for what no date is found, and why; a lone fact is in it."""
    cles = {c for h in heurts for c in h.seances}
    libres = [s for s in probleme.seances if s.cle in cles and not s.epingle]
    tete = f"Aucune date pour « {libres[0].titre} »" if len(libres) == 1 else "Aucun calendrier"
    if libres and any(h.genre == "fenetre" for h in heurts):
        tete += f" avant le {jour(max(s.fin for s in libres))}"
    faits = _faits(probleme, Grille(probleme), heurts)
    if len(heurts) > 1:
        regles = f"{compter(len(heurts), 'règle', 'règles')} ne tiennent pas ensemble"
    else:
        regles = _texte(probleme, heurts[0]) if heurts else "les règles se heurtent"
    if len(faits) == 1 and len(heurts) <= 2:
        return f"{tete} : {faits[0]}.", []
    return f"{tete} : {regles}.", [f"{_majuscule(fait)}." for fait in faits]


def seconde(probleme: Probleme, heurts, premiers) -> list[str]:
    """What collides once the first collision (`premiers`) is eased: the rules, and the facts."""
    if not heurts:
        return []
    regles = enumerees(probleme, heurts)
    encore = "d’autres se heurtent encore" if len(heurts) > 1 else "une autre ne tient pas"
    levee = "l’une de ces règles" if len(premiers) > 1 else "cette règle"
    tete = f"Une fois {levee} assouplie, {encore}\u00a0: {regles}."
    faits = _faits(probleme, Grille(probleme), heurts)
    return [tete, *(f"{_majuscule(fait)}." for fait in faits)]


def enumerees(probleme: Probleme, heurts) -> str:
    """The rules of a collision, inside a sentence."""
    return "\u00a0; ".join(_texte(probleme, h) for h in heurts)


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _faits(probleme, grille, heurts) -> list[str]:
    """What the rules do not say themselves: when the people of each séance are free."""
    faits, par_seance = [], {}
    for heurt in heurts:
        if {c.genre for c in heurt.contraintes} <= {"personne", "lieu"}:
            for contrainte in heurt.contraintes:
                par_seance.setdefault(contrainte.seances[0], []).append(contrainte.sujet)
    for cle, sujets in par_seance.items():
        faits += _libertes(probleme, grille, cle, sujets)
    for heurt in heurts:
        if heurt.genre == "quorum":
            faits += [_manquants(probleme, grille, c) for c in heurt.contraintes]
    return faits


def _manquants(probleme, grille, contrainte) -> str:
    """Whose absences break this quorum."""
    seance, college = probleme.seance(contrainte.seances[0]), contrainte.sujet
    siens = [
        cle
        for cle in dict.fromkeys((*seance.obligatoires, *seance.facultatives))
        if probleme.ressource(cle).college == college
    ]
    permis = _permis(grille, seance)
    absents = [cle for cle in siens if absences(grille, seance, cle) & permis]
    tete = f"au moins {membres(college, contrainte.parametre)} à « {seance.titre} »"
    faits = [f for cle in absents[:CITES] for f in _libertes(probleme, grille, seance.cle, [cle])]
    if len(absents) > CITES:
        autres = len(absents) - CITES
        faits.append(compter(autres, "autre a des absences", "autres ont des absences"))
    if not faits:
        faits.append(f"{compter(len(siens), 'personne inscrite', 'personnes inscrites')}")
    return f"{tete} : {' ; '.join(faits)}"


def _permis(grille, seance) -> int:
    """Starts that the rules on the days leave, people aside."""
    repos = grille.journees(lambda j: j.weekday() > (5 if seance.samedi else 4))
    permis = grille.tous(seance) & ~grille.interdits(seance, repos)
    permis &= grille.entre(seance.debut, seance.fin)
    return permis if seance.soir else permis & ~grille.moments[SOIR]


def _libertes(probleme, grille, cle, sujets):
    seance = next(s for s in probleme.seances if s.cle == cle)
    habitues = [s for s in sujets if any(i.regle for i in probleme.ressource(s).indisponibilites)]
    libres = [s for s in sujets if s not in habitues]
    fragments = []
    if libres:
        depart = _permis(grille, seance)
        for sujet in libres:
            depart &= ~absences(grille, seance, sujet)
        semaine = sorted({grille.jour(p).weekday() for p in bits(depart)})
        noms = enumerer([probleme.ressource(s).nom for s in libres])
        fragments.append(_quand(noms, len(libres) > 1, semaine))
    for sujet in habitues:
        ressource = probleme.ressource(sujet)
        regles = sorted({i.regle for i in ressource.indisponibilites if i.regle})
        motif = next((i.motif for i in ressource.indisponibilites if i.regle and i.motif), "")
        precision = f" ({motif})" if motif else ""
        fragments.append(f"{ressource.nom} n’est pas libre {enumerer(regles)}{precision}")
    return fragments


def _quand(noms, plusieurs, semaine):
    verbe = "ne sont libres ensemble" if plusieurs else "n’est libre"
    if not semaine:
        nulle = "ne sont jamais libres ensemble" if plusieurs else "n’est jamais libre"
        return f"{noms} {nulle}"
    if len(semaine) <= 3:
        return f"{noms} {verbe} que {enumerer([f'le {JOURS[j]}' for j in semaine])}"
    return (
        f"{noms} {'ne sont pas libres' if plusieurs else 'n’est pas libre'} aux dates qui restent"
    )


def regle(probleme: Probleme, heurt) -> str:
    """One rule of the collision, as the pilot set it."""
    return _majuscule(_texte(probleme, heurt))


def _texte(probleme, heurt) -> str:
    if heurt.critere[0] == "presence":
        return _presence(probleme, heurt)
    c = heurt.contraintes[0]
    seance = probleme.seance(c.seances[0])
    un, autre = seance.titre, probleme.seance(c.seances[-1]).titre
    if c.genre == "epingle":
        return _epingle(seance)
    if c.genre == "quorum":
        return f"au moins {membres(c.sujet, c.parametre)} à chaque séance"
    return {
        "fenetre": f"les séances sont entre le {jour(seance.debut)} et le {jour(seance.fin)}",
        "samedi": "aucune séance le samedi",
        "dimanche": "aucune séance le dimanche",
        "soir": "aucune séance en soirée",
        "ferie": "aucune séance un jour férié",
        "vacances": "aucune séance pendant les vacances scolaires",
        "reserve": f"aucune séance pendant « {c.sujet} »",
        "ordre": f"« {autre} » vient après « {un} »",
        "ecart_min": f"{_duree(c)} au moins séparent « {un} » de « {autre} »",
        "ecart_max": f"{_duree(c)} au plus séparent « {un} » de « {autre} »",
        "duree": f"de « {un} » à « {autre} », {_duree(c)} au plus",
        "duree_min": f"de « {un} » à « {autre} », {_duree(c)} au moins",
    }[c.genre]


def _duree(contrainte) -> str:
    return duree(contrainte.parametre if isinstance(contrainte.parametre, int) else 0)


def _du_dispositif(probleme, contrainte) -> str:
    """In months, as the dispositif says it and as the parcours shows it."""
    bornes = contrainte.seances
    siennes = [d for d in probleme.durees if (d.premiere, d.derniere) == bornes]
    dite = (d.dite if contrainte.genre == "duree" else d.dite_min for d in siennes)
    return next(dite, "") or _duree(contrainte)


def _epingle(seance) -> str:
    debut = seance.epingle.debut.astimezone(seance.site.zone)
    quand = f"{JOURS[debut.weekday()]} {jour(debut.date())}, {heure(debut.hour, debut.minute)}"
    if seance.epingle.programmee:
        return f"la séance « {seance.titre} » est programmée le {quand}"
    return f"la date fixée pour « {seance.titre} » est le {quand}"


def _presence(probleme, heurt) -> str:
    """A team, a person or a room: where it is awaited, or the two places it cannot be at."""
    nom = probleme.ressource(heurt.sujet).nom
    titres = enumerer([f"« {probleme.seance(c).titre} »" for c in heurt.seances])
    genres = {c.genre for c in heurt.contraintes}
    if heurt.sujet in {s.lieu for s in probleme.seances}:
        if "partage" in genres:
            return f"le lieu « {nom} » ne reçoit pas deux séances à la fois : {titres}"
        return f"le lieu « {nom} » est choisi pour {titres}"
    if genres == {"partage"}:
        return f"{nom} ne peut pas être à la fois à {titres}"
    return f"{nom} assiste à {titres}"
