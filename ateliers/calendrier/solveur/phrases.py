"""Calendars told in plain French."""

from __future__ import annotations

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.durees import compter, duree
from ateliers.calendrier.solveur.geographie import vacances_connues
from ateliers.calendrier.solveur.probleme import Probleme, Proposition
from ateliers.calendrier.solveur.recurrence import jour
from ateliers.calendrier.solveur.validateur import ecarts_aux_regles

# One of a college, several, and « e » for the feminine.
COLLEGES = {
    "elus": ("élu", "élus", ""),
    "techniciens_etat": ("technicien de l’État", "techniciens de l’État", ""),
    "techniciens_collectivites": (
        "technicien des collectivités",
        "techniciens des collectivités",
        "",
    ),
    "socio_economiques": ("acteur socio-économique", "acteurs socio-économiques", ""),
    "associations": ("association", "associations", "e"),
    "habitants": ("habitant ou usager", "habitants et usagers", ""),
    "chercheurs": ("chercheur", "chercheurs", ""),
    "equipe": ("membre de l’équipe d’assistance", "membres de l’équipe d’assistance", ""),
}


def membres(college: str, nombre: int) -> str:
    """« 1 élu », « 2 élus »."""
    un, plusieurs, _ = COLLEGES.get(college, (college, college, ""))
    return compter(nombre, un, plusieurs)


def enumerer(mots: list[str]) -> str:
    return mots[0] if len(mots) == 1 else f"{', '.join(mots[:-1])} et {mots[-1]}"


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
        return f"Des personnes sont souhaitées dans deux ateliers : {fois}."
    seances = "1 séance" if nombre == 1 else f"{nombre} séances"
    if genre == "vacances":
        return f"{seances} pendant les vacances scolaires."
    if genre == "reserve":
        return f"{seances} pendant « {regrets[0].detail} »."
    if genre == "ecart":
        pires = [abs(int(a) - int(b)) for a, b in (r.detail.split() for r in regrets)]
        if max(pires) >= 7:
            return f"Le plus grand écart avec le rythme recommandé est de {duree(max(pires))}."
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
    ou = f"« {titres[autre]} » et à « {titres[regret.seance]} »"
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
            ecart = duree(abs(reel - voulu))
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
