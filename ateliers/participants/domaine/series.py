"""Several séances of the same kind, created and dated in one act, or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction

from ateliers.participants.domaine.conflits import a_confirmer, conflits
from ateliers.seances.domaine import agenda, preparation
from ateliers.seances.models import Seance
from socle.erreurs import ErreurMetier, confirmer

MAXIMUM = 12


@transaction.atomic
def ajouter_serie(
    *, atelier, par, genre, titre, dates, apres, lieu="", adresse="", salle=None, confirmes=()
) -> list[Seance]:
    """`dates`: (start, end) on the site's clock. They bear the title and their number."""
    dates = sorted(dates)
    _verifier(dates)
    seances = []
    for rang, (debut, fin) in enumerate(dates, start=1):
        seance = preparation.ajouter_seance(
            atelier=atelier, par=par, genre=genre, titre=f"{titre} {rang}", apres=apres
        )
        seances.append(
            agenda.programmer(
                seance=seance,
                par=par,
                debut=debut,
                fin=fin,
                lieu=lieu,
                adresse=adresse,
                salle=salle,
                confirmes=confirmes,
            )
        )
    trouves = [
        f"{s.titre} : {c.phrase}" for s in seances for c in a_confirmer(conflits(s, par=par))
    ]
    if trouves:
        phrase = f"{' '.join(trouves)} Cochez pour garder ces dates malgré tout."
        confirmer("conflits", phrase, confirmes)
    return seances


def jours_reguliers(*, premier: date, semaines: int, nombre: int, sauf=()) -> list[date]:
    """The same weekday every so many weeks; an exception is skipped, and not made up for."""
    jours = [premier + timedelta(weeks=semaines * rang) for rang in range(nombre)]
    return [jour for jour in jours if jour not in set(sauf)]


def _verifier(dates) -> None:
    if not 2 <= len(dates) <= MAXIMUM:
        raise ErreurMetier(f"Une série compte de 2 à {MAXIMUM} dates.")
    if any(fin < debut for debut, fin in dates):
        raise ErreurMetier("Chaque séance finit après avoir commencé.")
    if any(avant[1] > apres[0] for avant, apres in pairwise(dates)):
        raise ErreurMetier("Deux dates de la série se chevauchent.")
