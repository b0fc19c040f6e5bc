"""Calendars and collisions told in plain French."""

from __future__ import annotations

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.contraintes import absences
from ateliers.calendrier.solveur.creneaux import Grille, bits
from ateliers.calendrier.solveur.geographie import vacances_connues
from ateliers.calendrier.solveur.probleme import SOIR, Probleme, Proposition
from ateliers.calendrier.solveur.recurrence import INSECABLE, JOURS, heure, jour
from ateliers.calendrier.solveur.validateur import ecarts_aux_regles

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
    """What it costs, one line for each kind, the dearest first; then what it avoids."""
    regrets = couts.regrets(probleme, proposition.dates)
    par_genre = {}
    for regret in regrets:
        par_genre.setdefault(regret.genre, []).append(regret)
    chers = sorted(par_genre.items(), key=lambda g: -sum(r.points for r in g[1]))
    lignes = [ligne for genre, siens in chers if (ligne := _resume(genre, siens))]
    if not {"absent", "double"} & set(par_genre) and any(s.facultatives for s in probleme.seances):
        lignes.append("Toutes les personnes souhaitées sont libres à chaque séance.")
    if probleme.vacances != "ignorer" and "vacances" not in par_genre:
        lignes.append("Aucune des dates trouvées ne tombe pendant les vacances scolaires.")
    if "ecart" not in par_genre and any(e.recommande for e in probleme.ecarts):
        lignes.append("Les écarts recommandés entre séances sont tous tenus.")
    return lignes


def _resume(genre, regrets) -> str:
    nombre = len(regrets)
    if genre == "absent":
        noms = list(dict.fromkeys(r.detail for r in regrets))
        if len(noms) == 1:
            fois = "une séance" if nombre == 1 else f"{nombre} séances"
            return f"{noms[0]} manque à {fois}."
        return f"{nombre} absences parmi les personnes souhaitées."
    if genre == "double":
        fois = "deux séances sont trop proches" if nombre == 1 else f"{nombre} fois, deux séances"
        return f"Des personnes sont souhaitées dans deux ateliers : {fois}."
    seances = "1 séance" if nombre == 1 else f"{nombre} séances"
    if genre == "vacances":
        return f"{seances} pendant les vacances scolaires."
    if genre == "reserve":
        return f"{seances} pendant « {regrets[0].detail} »."
    if genre == "ecart":
        pires = [abs(int(a) - int(b)) for a, b in (r.detail.split() for r in regrets)]
        if max(pires) >= 7:
            return f"Jusqu’à {semaines(max(pires))} d’écart avec le rythme recommandé."
    return ""


def details(probleme: Probleme, proposition: Proposition) -> list[str]:
    """Séance by séance, the dearest first."""
    titres = {s.cle: s.titre for s in probleme.seances}
    lignes, absents = [], {}
    for regret in sorted(couts.regrets(probleme, proposition.dates), key=lambda r: -r.points):
        if regret.genre == "absent":
            absents.setdefault(regret.seance, []).append(regret.detail)
        elif regret.genre == "double":
            lignes.append(_double(probleme, regret, titres))
        elif phrase := _regret(regret, titres[regret.seance]):
            lignes.append(phrase)
    for cle, noms in absents.items():
        verbe = "manquent" if len(noms) > 1 else "manque"
        lignes.append(f"« {titres[cle]} » : {verbe} {enumerer(noms)}.")
    return lignes


def _double(probleme, regret, titres) -> str:
    autre, *gens = regret.detail.split()
    noms = enumerer([probleme.ressource(cle).nom for cle in gens])
    verbe = "sont attendus" if len(gens) > 1 else "est attendu"
    ou = f"« {titres[autre]} » et à « {titres[regret.seance]} »"
    return f"{noms} {verbe} à {ou} en même temps, ou trop loin pour aller de l’un à l’autre."


def fin(proposition: Proposition) -> str:
    return jour(max(d.fin for d in proposition.dates).date())


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
    lignes = [f"Date fixée : {p}" for p in ecarts_aux_regles(probleme, proposition.dates)]
    inconnus = {
        s.site.departement
        for s in probleme.seances
        if not vacances_connues(s.site.departement, proposition.date(s.cle).fin.date())
    }
    if inconnus and probleme.vacances != "ignorer":
        lignes.append("Le calendrier scolaire de ce territoire n’est pas connu à ces dates.")
    return lignes


def collision(probleme: Probleme, heurts) -> str:
    """The sentence: for what no date is found, and why."""
    grille = Grille(probleme)
    cles = {c for h in heurts for c in h.seances}
    libres = [s for s in probleme.seances if s.cle in cles and not s.epingle]
    tete = f"Aucune date pour « {libres[0].titre} »" if len(libres) == 1 else "Aucun calendrier"
    if libres and any(h.genre == "fenetre" for h in heurts):
        tete += f" avant le {jour(max(s.fin for s in libres))}"
    fragments = _fragments(probleme, grille, heurts)
    return f"{tete} : {', et '.join(fragments) or 'les règles se heurtent'}."


def _majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _fragments(probleme, grille, heurts):
    """People of one séance together, then the other rules that say something."""
    fragments, par_seance = [], {}
    for heurt in heurts:
        if {c.genre for c in heurt.contraintes} <= {"personne", "lieu"}:
            for contrainte in heurt.contraintes:
                par_seance.setdefault(contrainte.seances[0], []).append(contrainte.sujet)
        elif heurt.genre not in ("fenetre", "samedi", "dimanche", "soir"):
            fragments.append(_texte(probleme, heurt))
    for cle, sujets in par_seance.items():
        fragments[:0] = _libertes(probleme, grille, cle, sujets)
    return fragments


def _libertes(probleme, grille, cle, sujets):
    seance = next(s for s in probleme.seances if s.cle == cle)
    habitues = [s for s in sujets if any(i.regle for i in probleme.ressource(s).indisponibilites)]
    libres = [s for s in sujets if s not in habitues]
    fragments = []
    if libres:
        depart = grille.tous(seance)
        repos = grille.journees(lambda j: j.weekday() > (5 if seance.samedi else 4))
        depart &= ~grille.interdits(seance, repos) & grille.entre(seance.debut, seance.fin)
        if not seance.soir:
            depart &= ~grille.moments[SOIR]
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
    return {
        "fenetre": f"les séances sont entre le {jour(seance.debut)} et le {jour(seance.fin)}",
        "samedi": "aucune séance le samedi",
        "dimanche": "aucune séance le dimanche",
        "soir": "aucune séance en soirée",
        "ferie": "aucune séance un jour férié",
        "vacances": "aucune séance pendant les vacances scolaires",
        "reserve": f"aucune séance pendant « {c.sujet} »",
        "quorum": f"au moins {c.parametre} {COLLEGES.get(c.sujet, c.sujet)} à chaque séance",
        "ordre": f"« {autre} » vient après « {un} »",
        "ecart_min": f"{_duree(c)} au moins séparent « {un} » de « {autre} »",
        "ecart_max": f"{_duree(c)} au plus séparent « {un} » de « {autre} »",
        "duree": f"de « {un} » à « {autre} », {_duree(c)} au plus",
        "duree_min": f"de « {un} » à « {autre} », {_duree(c)} au moins",
    }[c.genre]


def _duree(contrainte) -> str:
    return semaines(contrainte.parametre if isinstance(contrainte.parametre, int) else 0)


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
