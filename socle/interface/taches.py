"""One line of the dashboard: what waits on somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import IntegerField, Subquery
from django.utils import timezone

PLAFOND = 10
COMPTES = 500  # beyond, a list says it better: the dashboard must not count a whole country


def _jour(valeur: date | datetime | None) -> date | None:
    if isinstance(valeur, datetime):
        return timezone.localtime(valeur).date() if timezone.is_aware(valeur) else valeur.date()
    return valeur


@dataclass(frozen=True)
class Tache:
    """`verbe` the button (« Rendre l’avis »), `objet` what about, `url` where it is done.

    `depuis`: waits since; `echeance`: until; `qui`: who waits, or who must act; `nombre`: how many
    the line stands for, `plus` when it stands for more than could be counted; `groupe`: the
    atelier under whose name it is read.
    """

    verbe: str
    objet: str
    url: str
    depuis: date | datetime | None = None
    echeance: date | datetime | None = None
    qui: str = ""
    nombre: int = 1
    plus: bool = False
    groupe: str = ""

    @cached_property
    def jour_echeance(self) -> date | None:
        return _jour(self.echeance)

    @cached_property
    def jour_depuis(self) -> date | None:
        return _jour(self.depuis)

    @cached_property
    def jours_restants(self) -> int | None:
        jour = self.jour_echeance
        return None if jour is None else (jour - timezone.localdate()).days

    @cached_property
    def en_retard(self) -> bool:
        return self.jours_restants is not None and self.jours_restants < 0

    @property
    def jours_de_retard(self) -> int:
        return -self.jours_restants if self.en_retard else 0


class _Compte(Subquery):
    """How many rows a query holds, beside the rows of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) comptees)"
    output_field = IntegerField()


def plafonnes(objets, comptes=None):
    """The first ones of a query set, which say how many there are in all.

    `comptes`: the same ones, as rows lighter to count.
    """
    toutes = objets if comptes is None else comptes
    total = _Compte(toutes.order_by().values("pk")[: COMPTES + 1])
    return objets.annotate(en_tout=total)[: PLAFOND + 1]


def plafonner(objets, tache, reste) -> list[Tache]:
    """One line each for the first ones; `reste(n)` for the n others, which a list shows better."""
    return dire_plafonnes(list(plafonnes(objets)), tache, reste)


def dire_plafonnes(lus, tache, reste) -> list[Tache]:
    """The same of rows already read by `plafonnes`."""
    if len(lus) <= PLAFOND:
        return [tache(objet) for objet in lus]
    premieres = [tache(objet) for objet in lus[:PLAFOND]]
    if lus[0].en_tout <= COMPTES:
        return [*premieres, reste(lus[0].en_tout - PLAFOND)]
    autres = reste(COMPTES - PLAFOND)
    return [*premieres, replace(autres, objet=f"plus de {autres.objet}", plus=True)]


def suite(nombre: int) -> str:
    """« et 12 autres », for the line that stands for them."""
    return f"{nombre} autre{'s' if nombre > 1 else ''}"


def grouper(taches) -> list[tuple[str, list[Tache]]]:
    """[(atelier, its tasks)], in the order of the first task of each; the rest comes apart."""
    groupes: dict[str, list[Tache]] = {}
    for tache in taches:
        groupes.setdefault(tache.groupe, []).append(tache)
    return list(groupes.items())


def ordre(tache: Tache):
    """Nearest deadline first, then what has waited longest."""
    return (
        tache.jour_echeance or date.max,
        tache.jour_depuis or date.max,
        tache.objet,
    )
