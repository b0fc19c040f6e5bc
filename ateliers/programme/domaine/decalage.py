"""What follows, moved together within its day: same order, same durations, same pauses. Pure."""

from __future__ import annotations

from ateliers.programme.domaine.horaires import MINUIT, fin_de, minutes, moment
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import duree, heure


def suivantes(lignes, *, jour: int, des: int, sauf=None) -> list:
    """Those of the day that start at this minute or later; never the one that moves them."""
    return [s for s in lignes if s.jour == jour and minutes(s.debut) >= des and s.pk != sauf]


def bornes(seance, jour: int) -> tuple[int, int]:
    """Where this day of the séance opens and closes, in minutes since midnight."""
    ouverture, fermeture = 0, MINUIT
    if seance.debut and jour == 1:
        ouverture = minutes(seance.debut.time())
    if seance.debut and seance.fin:
        dernier = (seance.fin.date() - seance.debut.date()).days + 1
        if jour == dernier:
            fermeture = minutes(seance.fin.time())
    return ouverture, fermeture


def verifier(bougent, restent, delta: int, limites: tuple[int, int], champ: str) -> None:
    """Refuse what would leave the day, or pass in front of a séquence that stays.

    `restent`: those of the day that do not move, at their new hours.
    """
    if not (bougent and delta):
        return
    phrase = _trop_tard if delta > 0 else _trop_tot
    if dite := phrase(bougent, restent, delta, limites):
        raise ErreurMetier(dite, champ=champ)


def _trop_tard(bougent, _, delta, limites) -> str:
    derniere = max(bougent, key=fin_de)
    fin, fermeture = fin_de(derniere), limites[1]
    if fin + delta <= fermeture:
        return ""
    reste = max(0, fermeture - fin)
    place = f"il ne reste que {duree(reste)}" if reste else "il ne reste plus de temps"
    if fermeture == MINUIT:
        return f"« {derniere} » finirait après minuit : {place}. Raccourcissez une séquence."
    quand = f"à {heure(moment(fin + delta))}" if fin + delta < MINUIT else "après minuit"
    return (
        f"« {derniere} » finirait {quand}, après la fin de la séance "
        f"({heure(moment(fermeture))}) : {place}. Raccourcissez une séquence, ou changez d’abord "
        "l’heure de fin de la séance."
    )


def _trop_tot(bougent, restent, delta, limites) -> str:
    premiere = min(bougent, key=lambda s: minutes(s.debut))
    voulu, ouverture = minutes(premiere.debut) + delta, limites[0]
    if voulu < ouverture:
        borne = f"l’ouverture de la séance ({heure(moment(ouverture))})" if ouverture else "minuit"
        return f"« {premiere} » commencerait avant {borne} : décalez-la de moins."
    avant = [s for s in restent if minutes(s.debut) <= minutes(premiere.debut)]
    if avant and minutes((butee := max(avant, key=lambda s: minutes(s.debut))).debut) >= voulu:
        return (
            f"« {premiere} » commencerait avant « {butee} » ou en même temps : décalez-la de moins."
        )
    return ""
