"""Times of a déroulé: ends, swaps, overlaps. Pure functions on minutes since midnight."""

from __future__ import annotations

from datetime import time
from itertools import combinations

from ateliers.seances.choix import PublicSequence
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import heure

MINUIT = 24 * 60


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def moment(total: int) -> time:
    if not 0 <= total < MINUIT:
        raise ErreurMetier("La séquence sortirait de la journée.")
    return time(*divmod(total, 60))


def echanger(haut: tuple[int, int], bas: tuple[int, int]) -> tuple[int, int]:
    """New starts of two (début, durée) that trade places; the pause between them stays."""
    pause = max(0, bas[0] - (haut[0] + haut[1]))
    return haut[0] + bas[1] + pause, haut[0]


def decalage_du_kit(seance, contenu) -> int:
    """Minutes from the first séquence of a kit to the start of the séance, within the day.

    The first day alone: what is planned for the days after keeps its hours.
    """
    jour = [ligne for ligne in contenu if ligne.get("jour", 1) == 1]
    if not (seance.debut and jour):
        return 0
    plages = [(minutes(time.fromisoformat(s["debut"])), s["duree_min"]) for s in jour]
    voulu = minutes(seance.debut.time()) - min(debut for debut, _ in plages)
    return min(voulu, max(0, MINUIT - max(debut + duree for debut, duree in plages)))


def fin_de(sequence) -> int:
    return minutes(sequence.debut) + sequence.duree_min


def chevauchements(sequences) -> list[str]:
    """Séquences of one day that ask for the same people or place at the same time."""
    phrases = []
    for un, autre in combinations(sequences, 2):
        debut = max(minutes(un.debut), minutes(autre.debut))
        fin = min(fin_de(un), fin_de(autre))
        if un.jour != autre.jour or debut >= fin:
            continue
        if raison := _raison(un, autre):
            de = f"à partir de {heure(moment(debut))}"
            phrases.append(f"« {un} » et « {autre} » se chevauchent {de} : {raison}.")
    return phrases + [
        f"« {s} » dépasse minuit : coupez-la en deux jours."
        for s in sequences
        if fin_de(s) > MINUIT
    ]


def _raison(un, autre) -> str:
    raisons = []
    if un.animateur and un.animateur.casefold() == autre.animateur.casefold():
        raisons.append(f"{un.animateur} anime les deux")
    if un.lieu and un.lieu.casefold() == autre.lieu.casefold():
        raisons.append(f"même lieu ({un.lieu})")
    if un.public == autre.public == PublicSequence.INVITES:
        raisons.append("tous les invités sont attendus aux deux")
    return ", ".join(raisons)


def hors_seance(seance, sequences) -> list[str]:
    """Séquences before the séance opens, after it closes, or on a day that it does not last."""
    if not (seance.debut and seance.fin):
        return []
    dernier = (seance.fin.date() - seance.debut.date()).days + 1
    ouverture, fermeture = minutes(seance.debut.time()), minutes(seance.fin.time())
    phrases = []
    for s in sequences:
        if s.jour > dernier:
            phrases.append(f"« {s} » est au jour {s.jour}, mais la séance dure {_jours(dernier)}.")
        elif s.jour == 1 and minutes(s.debut) < ouverture:
            quand = heure(moment(ouverture))
            phrases.append(f"« {s} » commence avant l’ouverture de la séance ({quand}).")
        elif s.jour == dernier and fin_de(s) > fermeture:
            quand = heure(moment(fermeture))
            phrases.append(f"« {s} » finit après la fin de la séance ({quand}).")
    return phrases


def _jours(nombre: int) -> str:
    return "un jour" if nombre == 1 else f"{nombre} jours"
