"""Why a calendar ranks before another: the points of the objective, said as what they count."""

from __future__ import annotations

from ateliers.calendrier.solveur import couts
from ateliers.calendrier.solveur.durees import compter, duree
from ateliers.calendrier.solveur.phrases import enumerer
from ateliers.calendrier.solveur.probleme import Poids, Probleme, Proposition

# « 2 séances de plus pendant… » : (one, several, what follows « de plus »).
COMPTES = {
    "absent": ("absence", "absences", "parmi les personnes souhaitées"),
    "double": ("présence", "présences", "attendues dans deux ateliers à la fois"),
    "vacances": ("séance", "séances", "pendant les vacances scolaires"),
    "reserve": ("séance", "séances", "pendant une période de réserve"),
}
ORDRE = (*COMPTES, "ecart", "retard")


def bareme(poids: Poids) -> list[str]:
    """What each regret weighs, as the search adds them up."""
    return [
        f"une personne souhaitée absente d’une séance : {_points(poids.absent)}",
        f"une séance pendant les vacances scolaires : {_points(poids.vacances)}",
        f"une séance pendant une période de réserve qui n’interdit pas : {_points(poids.reserve)}",
        f"un jour d’écart avec le rythme recommandé : {_points(poids.ecart_par_jour)}",
        f"un jour de plus avant la fin : {_points(poids.retard_par_jour)}",
    ]


def classement(probleme: Probleme, propositions) -> list[str]:
    """One sentence for each, in the order of their cost; nothing when there is one only."""
    if len(propositions) < 2:
        return [""] * len(propositions)
    premiere = _premiere(probleme, *propositions[:2])
    paires = enumerate(zip(propositions, propositions[1:], strict=False), start=1)
    return [premiere, *(_suivante(probleme, rang, un, deux) for rang, (un, deux) in paires)]


def differences(probleme: Probleme, un: Proposition, autre: Proposition) -> dict[str, tuple]:
    """(points, number) by kind of regret, `autre` less `un`; what is equal is left out."""
    bilans = [_bilan(probleme, p) for p in (un, autre)]
    resultat = {}
    for genre in ORDRE:
        avant, apres = (b.get(genre, (0, 0)) for b in bilans)
        if avant[0] != apres[0]:
            resultat[genre] = (apres[0] - avant[0], apres[1] - avant[1])
    return resultat


def _bilan(probleme, proposition) -> dict:
    bilan = {}
    for regret in couts.regrets(probleme, proposition.dates):
        points, nombre = bilan.get(regret.genre, (0, 0))
        bilan[regret.genre] = (points + regret.points, nombre + _nombre(regret))
    return bilan


def _nombre(regret) -> int:
    if regret.genre == "ecart":
        reel, voulu = map(int, regret.detail.split())
        return abs(reel - voulu)
    if regret.genre == "retard":
        return int(regret.detail)
    if regret.genre == "double":
        return len(regret.detail.split()) - 1
    return 1


def _premiere(probleme, ici, suivante) -> str:
    mieux, moins_bien = _deux_sens(probleme, suivante, ici)
    if ici.cout == suivante.cout:
        return _egalite(2, moins_bien, mieux) + _vacances_tues(probleme, suivante, ici)
    ecart = _points(suivante.cout - ici.cout)
    phrase = f"Classé premier, {ecart} devant le calendrier 2 : {enumerer(mieux)}."
    return phrase + _malgre("Il compte pourtant", moins_bien)


def _suivante(probleme, rang, precedente, ici) -> str:
    mieux, moins_bien = _deux_sens(probleme, precedente, ici)
    if ici.cout == precedente.cout:
        return _egalite(rang, moins_bien, mieux) + _vacances_tues(probleme, precedente, ici)
    ecart = _points(ici.cout - precedente.cout)
    phrase = f"Moins bon que le calendrier {rang}, de {ecart} : {enumerer(moins_bien)}."
    return phrase + _malgre("En revanche", mieux)


def _malgre(tete, morceaux) -> str:
    return f" {tete} : {enumerer(morceaux)}." if morceaux else ""


def _egalite(rang, moins_bien, mieux) -> str:
    tete = f"À égalité avec le calendrier {rang}"
    if not moins_bien:
        return f"{tete} : tous les critères se valent, seules les dates changent."
    return f"{tete} : {enumerer(moins_bien)}, mais {enumerer(mieux)} ; l’un compense l’autre."


def en_vacances(probleme: Probleme, dates) -> tuple[int, int]:
    """(séances of the school holidays, those of the summer among them), which a tie is told by.

    Nothing where the pilot said that holidays do not matter.
    """
    noms = [r.detail for r in couts.regrets(probleme, dates) if r.genre == "vacances"]
    return len(noms), sum("été" in nom.casefold() for nom in noms)


def _vacances_tues(probleme, autre, ici) -> str:
    """A tie may hide that both take holidays: said, unless the comparison says it."""
    nombre, dont_ete = en_vacances(probleme, ici.dates)
    if not nombre or "vacances" in differences(probleme, autre, ici):
        return ""
    quand = "d’été" if dont_ete == nombre else "scolaires"
    ete = f", dont {dont_ete} en été" if 0 < dont_ete < nombre else ""
    verbe = "tombent" if nombre > 1 else "tombe"
    return f" {compter(nombre, 'séance', 'séances')} y {verbe} pendant les vacances {quand}{ete}."


def _deux_sens(probleme, avant, ici):
    """What is better in `ici` than in `avant`, and what is worse."""
    ecarts = differences(probleme, avant, ici)
    dits = [
        (points, _dire(probleme, genre, nombre, points > 0))
        for genre, (points, nombre) in ecarts.items()
    ]
    return [d for points, d in dits if points < 0], [d for points, d in dits if points > 0]


def _dire(probleme, genre, nombre, pire) -> str:
    sens, ampleur = ("de plus" if pire else "de moins"), abs(nombre)
    if genre == "retard":
        quand = "plus tard" if pire else "plus tôt"
        if len(probleme.finales) == 1:
            return f"une fin {duree(ampleur)} {quand}"
        sort = ("perdu" if pire else "gagné") + ("s" if ampleur > 1 else "")
        return f"{duree(ampleur)} {sort} au total sur les dernières séances"
    if genre == "ecart":
        return f"{duree(ampleur)} {sens} d’écart au total avec le rythme recommandé"
    un, plusieurs, suite = COMPTES[genre]
    if nombre == 0 or (nombre > 0) != pire:  # other people, who weigh otherwise
        return f"des {plusieurs} qui pèsent {'plus' if pire else 'moins'} {suite}"
    if ampleur == 1 and genre == "double":
        suite = "attendue dans deux ateliers à la fois"
    return f"{compter(ampleur, un, plusieurs)} {sens} {suite}"


def _points(nombre: int) -> str:
    return compter(nombre, "point", "points")
