"""How long the démarche lasts, from its first séance to its last, against its dispositif."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import date_courte


def mois_apres(jour: date, mois: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    total = jour.year * 12 + jour.month - 1 + mois
    annee, rang = total // 12, total % 12 + 1
    return date(annee, rang, min(jour.day, monthrange(annee, rang)[1]))


@cache
def jours_de(mois: int) -> tuple[int, int]:
    """The fewest and the most days that so many months last, whatever the day they start."""
    depart = date(2024, 1, 1)  # the four years of a leap cycle
    jours = (depart + timedelta(days=n) for n in range(4 * 365 + 1))
    durees = [(mois_apres(jour, mois) - jour).days for jour in jours]
    return min(durees), max(durees)


def mois_entiers(debut: date, fin: date) -> int:
    """Whole months gone by from one day to the other."""
    mois = (fin.year - debut.year) * 12 + fin.month - debut.month
    return mois - (mois_apres(debut, mois) > fin)


def de_la_demarche(seance) -> bool:
    """A steering committee may sit before and after: it stretches nothing."""
    return seance.genre != GenreSeance.COPIL and seance.etat != EtatSeance.ANNULEE


def hors_duree(dispositif, seances) -> str:
    """The sentence that tells it, or nothing. Séances without a date say nothing yet."""
    datees = sorted(
        (s for s in seances if s.debut and de_la_demarche(s)), key=lambda s: (s.debut, s.pk or 0)
    )
    if not datees:
        return ""
    premier, dernier = datees[0].debut.date(), datees[-1].debut.date()
    finie = any(s.genre == GenreSeance.RESTITUTION for s in datees)
    trop_longue = dernier > mois_apres(premier, dispositif.duree_max_mois)
    trop_courte = finie and dernier < mois_apres(premier, dispositif.duree_min_mois)
    if not (trop_longue or trop_courte):
        return ""
    mois = mois_entiers(premier, dernier)
    duree = f"{mois}\u00a0mois" if mois else "moins d’un mois"
    prevue = f"de {dispositif.duree_min_mois} à {dispositif.duree_max_mois}\u00a0mois"
    if dispositif.duree_min_mois == dispositif.duree_max_mois:
        prevue = f"{dispositif.duree_max_mois}\u00a0mois"
    return (
        f"Du {date_courte(premier)} au {date_courte(dernier)}, la démarche dure {duree} ; le "
        f"dispositif « {dispositif.nom} » prévoit {prevue}."
    )


def verifier_duree(seance, debut, confirmes) -> None:
    """Ask before this date takes the démarche out of what its dispositif allows."""
    if not de_la_demarche(seance):
        return
    autres = [
        s
        for s in Seance.objects.filter(atelier=seance.atelier_id).exclude(pk=seance.pk)
        if s.debut and de_la_demarche(s)
    ]
    essai = Seance(pk=seance.pk, genre=seance.genre, fuseau=seance.fuseau, debut_prevu=debut)
    jours = [s.debut for s in autres]
    # In between the others, this date changes nothing to the whole.
    if jours and min(jours) < debut < max(jours):
        return
    if phrase := hors_duree(seance.atelier.dispositif, [*autres, essai]):
        confirmer(
            "duree", f"{phrase} Cochez pour garder cette date.", confirmes, champ="jour_debut"
        )
