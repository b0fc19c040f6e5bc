"""One line of the dashboard: what waits on somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Window
from django.utils import timezone

PLAFOND = 10


def _jour(valeur: date | datetime | None) -> date | None:
    if isinstance(valeur, datetime):
        return timezone.localtime(valeur).date() if timezone.is_aware(valeur) else valeur.date()
    return valeur


@dataclass(frozen=True)
class Tache:
    """`verbe` the button (« Rendre l’avis »), `objet` what about, `url` where it is done.

    `depuis`: waits since; `echeance`: until; `qui`: who waits, or who must act; `nombre`: how many
    the line stands for.
    """

    verbe: str
    objet: str
    url: str
    depuis: date | datetime | None = None
    echeance: date | datetime | None = None
    qui: str = ""
    nombre: int = 1

    @property
    def jour_echeance(self) -> date | None:
        return _jour(self.echeance)

    @property
    def jour_depuis(self) -> date | None:
        return _jour(self.depuis)

    @property
    def jours_restants(self) -> int | None:
        jour = self.jour_echeance
        return None if jour is None else (jour - timezone.localdate()).days

    @property
    def en_retard(self) -> bool:
        return self.jours_restants is not None and self.jours_restants < 0

    @property
    def jours_de_retard(self) -> int:
        return -self.jours_restants if self.en_retard else 0


def plafonner(objets, tache, reste) -> list[Tache]:
    """One line each for the first ones; `reste(n)` for the n others, which a list shows better."""
    lus = list(objets.annotate(en_tout=Window(Count("pk")))[: PLAFOND + 1])
    if len(lus) <= PLAFOND:
        return [tache(objet) for objet in lus]
    return [*(tache(objet) for objet in lus[:PLAFOND]), reste(lus[0].en_tout - PLAFOND)]


def ordre(tache: Tache):
    """Nearest deadline first, then what has waited longest."""
    return (
        tache.jour_echeance or date.max,
        tache.jour_depuis or date.max,
        tache.objet,
    )
