"""Calendars and collisions told in plain French."""

from __future__ import annotations

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.contraintes import absences
from ateliers.calendrier.solveur.creneaux import Grille, bits
from ateliers.calendrier.solveur.geographie import ferie, vacances_connues
from ateliers.calendrier.solveur.probleme import Probleme, Proposition
from ateliers.calendrier.solveur.recurrence import INSECABLE, JOURS, jour

# Set once for every séance: told once.
GLOBALES = ("fenetre", "vacances", "weekend")
COLLEGES = {
    "elus": "élus",
    "techniciens_etat": "techniciens de l’État",
    "techniciens_collectivites": "techniciens des collectivités",
    "socio_economiques": "acteurs socio-économiques",
    "associations": "associations",
    "habitants": "habitants et usagers",
    "chercheurs": "chercheurs",
    "equipe": "membres de l’équipe d’assistance",
}


def enumerer(mots: list[str]) -> str:
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} et {mots[-1]}"


def semaines(jours: int) -> str:
    if jours < 14:
        return f"{jours}{INSECABLE}jour{'s' if jours > 1 else ''}"
    nombre = round(jours / 7)
    return f"{nombre}{INSECABLE}semaines"


def raisons(probleme: Probleme, proposition: Proposition) -> list[str]:
    """Why this one: what it avoids, then what it costs, the dearest first."""
    titres = {s.cle: s.titre for s in probleme.seances}
    regrets = couts.regrets(probleme, proposition.dates)
    genres = {r.genre for r in regrets}
    lignes = []
    if "absent" not in genres and any(s.facultatives for s in probleme.seances):
        lignes.append("Toutes les personnes souhaitées sont libres à chaque séance.")
    if probleme.vacances != "ignorer" and "vacances" not in genres:
        lignes.append("Aucune séance pendant les vacances scolaires.")
    if "ecart" not in genres and any(e.recommande for e in probleme.ecarts):
        lignes.append("Les écarts recommandés entre séances sont tous tenus.")
    absents = {}
    for regret in sorted(regrets, key=lambda r: -r.points):
        if regret.genre == "absent":
            absents.setdefault(regret.seance, []).append(regret.detail)
        elif phrase := _regret(regret, titres[regret.seance]):
            lignes.append(phrase)
    for cle, noms in absents.items():
        verbe = "manquent" if len(noms) > 1 else "manque"
        lignes.append(f"« {titres[cle]} » : {verbe} {enumerer(noms)}.")
    fin = max(d.fin for d in proposition.dates).date()
    return [*lignes, f"Tout est terminé le {jour(fin)}."]


def _regret(regret, titre) -> str:
    if regret.genre == "vacances":
        return f"« {titre} » tombe pendant les vacances scolaires."
    if regret.genre == "reserve":
        return f"« {titre} » tombe pendant « {regret.detail} »."
    if regret.genre == "ecart":
        reel, voulu = map(int, regret.detail.split())
        if abs(reel - voulu) >= 7:
            sens = "plus tôt" if reel < voulu else "plus tard"
            ecart = semaines(abs(reel - voulu))
            return f"« {titre} » vient {ecart} {sens} que l’écart recommandé."
    return ""


def avertissements(probleme: Probleme, proposition: Proposition) -> list[str]:
    """What the pilot fixed against a rule, and what is not known."""
    lignes = []
    for seance in probleme.seances:
        if seance.epingle:
            date_ = proposition.date(seance.cle)
            nom = ferie(seance.site.departement, date_.debut.astimezone(seance.site.zone).date())
            if nom:
                lignes.append(f"« {seance.titre} » est fixée un jour férié ({nom}).")
            lignes += [
                f"« {seance.titre} » est fixée, mais {probleme.ressource(c).nom} n’est pas libre."
                for c in seance.obligatoires
                if not couts.libre(probleme.ressource(c), date_)
            ]
    inconnus = {
        s.site.departement
        for s in probleme.seances
        if not vacances_connues(s.site.departement, proposition.date(s.cle).fin.date())
    }
    if inconnus and probleme.vacances != "ignorer":
        lignes.append("Le calendrier scolaire de ce territoire n’est pas connu à ces dates.")
    return lignes


def collision(probleme: Probleme, assouplissements) -> dict:
    """The sentence, each rule of the conflict, and which one to ease first."""
    grille = Grille(probleme)
    fragments = _fragments(probleme, grille, [a.contrainte for a in assouplissements])
    cles = {c for a in assouplissements for c in a.contrainte.seances}
    concernees = [s for s in probleme.seances if s.cle in cles]
    genres = {a.contrainte.genre for a in assouplissements}
    tete = "Aucune date"
    if len(concernees) == 1:
        tete = f"Aucune date pour « {concernees[0].titre} »"
    if "fenetre" in genres:
        tete += f" avant le {jour(max(s.fin for s in concernees))}"
    uniques = {
        a.contrainte.genre if a.contrainte.genre in GLOBALES else id(a): a
        for a in sorted(assouplissements, key=lambda a: -a.contrainte.souplesse)
    }
    assouplissements = sorted(
        uniques.values(), key=lambda a: (not a.suffit, a.contrainte.souplesse)
    )
    regles = [
        {
            "texte": _majuscule(_regle(probleme, a.contrainte)),
            "conseil": _conseil(probleme, a.contrainte),
            "suffit": a.suffit,
            "fin": jour(max(d.fin for d in a.calendrier.dates).date()) if a.calendrier else "",
        }
        for a in assouplissements
    ]
    une = any(a.suffit for a in assouplissements)
    return {
        "phrase": f"{tete} : {', et '.join(fragments) or 'les règles se heurtent'}.",
        "conseil": "Il suffit d’en assouplir une ; la plus facile vient en premier."
        if une
        else "Il faudra en assouplir plusieurs ; la plus facile vient en premier.",
        "regles": regles,
    }


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _fragments(probleme, grille, contraintes):
    """People of one séance together, then the other rules that say something."""
    fragments, par_seance = [], {}
    for contrainte in contraintes:
        if contrainte.genre in ("personne", "lieu"):
            par_seance.setdefault(contrainte.seances[0], []).append(contrainte.sujet)
        elif contrainte.genre not in ("fenetre", "weekend"):
            fragments.append(_regle(probleme, contrainte))
    for cle, sujets in par_seance.items():
        fragments[:0] = _libertes(probleme, grille, cle, sujets)
    return fragments


def _libertes(probleme, grille, cle, sujets):
    seance = next(s for s in probleme.seances if s.cle == cle)
    habitues = [s for s in sujets if any(i.regle for i in probleme.ressource(s).indisponibilites)]
    libres = [s for s in sujets if s not in habitues]
    fragments = []
    if libres:
        depart = grille.interdits(seance, 0) | grille.tous(seance)
        ouvrables = grille.interdits(
            seance, grille.journees(lambda j: j.weekday() > (5 if seance.samedi else 4))
        )
        depart &= ~ouvrables & grille.entre(seance.debut, seance.fin)
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


def _regle(probleme, c) -> str:
    titres = {s.cle: s.titre for s in probleme.seances}
    seance = next(s for s in probleme.seances if s.cle == c.seances[0])
    un = titres[c.seances[0]]
    autre = titres[c.seances[-1]]
    nom = probleme.ressource(c.sujet).nom if c.genre in ("personne", "lieu", "partage") else ""
    return {
        "fenetre": f"les séances sont entre le {jour(seance.debut)} et le {jour(seance.fin)}",
        "weekend": f"« {un} » ne se tient pas en fin de semaine",
        "ferie": f"« {un} » ne se tient pas un jour férié",
        "vacances": f"« {un} » ne se tient pas pendant les vacances scolaires",
        "reserve": f"« {un} » ne se tient pas pendant « {c.sujet} »",
        "personne": f"{nom} assiste à « {un} »",
        "lieu": f"« {un} » se tient dans le lieu « {nom} »",
        "quorum": f"« {un} » réunit au moins {c.parametre} {COLLEGES.get(c.sujet, c.sujet)}",
        "ordre": f"« {autre} » vient après « {un} »",
        "ecart_min": f"{semaines(c.parametre or 0)} au moins séparent « {un} » de « {autre} »",
        "ecart_max": f"{semaines(c.parametre or 0)} au plus séparent « {un} » de « {autre} »",
        "duree": f"de « {un} » à « {autre} », {semaines(c.parametre or 0)} au plus",
        "partage": f"{nom} ne peut pas être à la fois à « {un} » et à « {autre} »",
    }[c.genre]


def _conseil(probleme, c) -> str:
    nom = probleme.ressource(c.sujet).nom if c.genre in ("personne", "partage") else ""
    return {
        "fenetre": "Repoussez la date limite.",
        "weekend": "Autorisez le samedi.",
        "ferie": "Fixez vous-même la date de cette séance.",
        "vacances": "Acceptez les vacances scolaires pour cette fois.",
        "reserve": "Attendez la fin de la période de réserve.",
        "personne": f"Rendez la présence facultative : {nom}.",
        "lieu": "Choisissez un autre lieu.",
        "quorum": "Abaissez le nombre demandé dans ce collège.",
        "ordre": "Fixez autrement l’une des deux séances.",
        "ecart_min": "Fixez vous-même l’une des deux dates, plus rapprochée.",
        "ecart_max": "Fixez vous-même l’une des deux dates, plus éloignée.",
        "duree": "Commencez plus tard, ou fixez la dernière séance.",
        "partage": f"Faites remplacer à l’une des séances : {nom}.",
    }[c.genre]
