from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from restitution.feuilles.choix import TON_AVANCEMENT, Avancement
from restitution.feuilles.models import Action
from restitution.suivi.choix import MoisEtape
from restitution.suivi.models import ConstatAvancement, PointEtape


@dataclass(frozen=True)
class Echeance:
    """One planned point d’étape, and its account once it was held."""

    mois: int
    libelle: str
    prevue_le: date
    point: PointEtape | None
    en_retard: bool


def ajouter_mois(jour: date, mois: int) -> date:
    annee, rang = divmod(jour.month - 1 + mois, 12)
    annee += jour.year
    return date(annee, rang + 1, min(jour.day, monthrange(annee, rang + 1)[1]))


def echeances(feuille) -> list[Echeance]:
    points = {point.mois: point for point in feuille.points_etape.all()}
    lignes = []
    for mois, libelle in MoisEtape.choices:
        prevue_le = ajouter_mois(feuille.officialisee_le, mois)
        point = points.get(mois)
        retard = point is None and prevue_le < timezone.localdate()
        lignes.append(Echeance(mois, libelle, prevue_le, point, retard))
    return lignes


def actions_suivies(feuille) -> list[Action]:
    """Every action in order, with `dernier_constat` (or None)."""
    actions = list(
        Action.objects.filter(axe__feuille=feuille)
        .select_related("axe")
        .order_by("axe__ordre", "ordre")
    )
    constats = ConstatAvancement.objects.filter(action__in=actions).select_related("par")
    derniers = {}
    for constat in constats.order_by("constate_le", "pk"):
        derniers[constat.action_id] = constat
    for action in actions:
        action.dernier_constat = derniers.get(action.pk)
    return actions


def bilan(actions) -> list[tuple[str, str, int]]:
    """(label, tone, count) for each state of progress, in the order of the choices."""
    comptes = dict.fromkeys(Avancement.values, 0)
    for action in actions:
        comptes[action.avancement] += 1
    return [(a.label, TON_AVANCEMENT[a], comptes[a.value]) for a in Avancement]
