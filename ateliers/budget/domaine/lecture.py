"""Planned, engaged, done and left: by line, by payer, for one atelier or for all. Four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from ateliers.budget.models import Depense, Jalon
from ateliers.cadrage.choix import NatureDepense
from ateliers.cadrage.domaine.previsions import DGALN, dgaln
from ateliers.cadrage.models import Contrat, LigneBudget

ZERO = Decimal(0)


@dataclass(frozen=True)
class Ligne:
    """`pk` is None for the team's line when the budget does not name one."""

    atelier: int
    pk: int | None
    libelle: str
    nature: str
    payeur: str
    prevu: Decimal
    engage: Decimal
    fait: Decimal
    par_contrat: bool = False

    @property
    def reste(self) -> Decimal:
        return self.engage - self.fait

    @property
    def disponible(self) -> Decimal:
        return self.prevu - self.engage

    @property
    def depasse(self) -> bool:
        return self.engage > self.prevu


@dataclass(frozen=True)
class Somme:
    libelle: str
    prevu: Decimal
    engage: Decimal
    fait: Decimal
    cle: int | None = None

    @property
    def reste(self) -> Decimal:
        return self.engage - self.fait

    @property
    def disponible(self) -> Decimal:
        return self.prevu - self.engage

    @property
    def depasse(self) -> bool:
        return self.engage > self.prevu


def sommer(libelle, lignes: Iterable[Ligne], cle=None) -> Somme:
    lignes = list(lignes)
    return Somme(
        libelle,
        sum((ligne.prevu for ligne in lignes), ZERO),
        sum((ligne.engage for ligne in lignes), ZERO),
        sum((ligne.fait for ligne in lignes), ZERO),
        cle,
    )


def par_payeur(lignes: Iterable[Ligne]) -> list[Somme]:
    groupes: dict[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes:
        groupes[ligne.payeur].append(ligne)
    return [sommer(nom, groupes[nom]) for nom in sorted(groupes)]


def _contrats(ateliers) -> tuple[dict, dict]:
    """Engaged and done by contract, of each atelier: notified contracts, services faits."""
    engages: dict[int, Decimal] = defaultdict(lambda: ZERO)
    notifies = Contrat.objects.filter(atelier__in=ateliers, notifie_le__isnull=False)
    for atelier, montant, avenants in notifies.annotate(
        plus=Sum("avenants__montant_ht")
    ).values_list("atelier", "montant_ht", "plus"):
        engages[atelier] += montant + (avenants or ZERO)
    faits = dict(
        Jalon.objects.filter(contrat__atelier__in=ateliers, fait_le__isnull=False)
        .order_by()
        .values_list("contrat__atelier")
        .annotate(total=Sum("montant_ht"))
    )
    return engages, faits


def _depenses(ateliers) -> dict[int, tuple[Decimal, Decimal]]:
    lignes = (
        Depense.objects.filter(ligne__atelier__in=ateliers)
        .order_by()
        .values_list("ligne")
        .annotate(engage=Sum("montant_ht"), fait=Sum("montant_fait"))
    )
    return {ligne: (engage, fait or ZERO) for ligne, engage, fait in lignes}


def lire(ateliers) -> list[Ligne]:
    """Every line of these ateliers (a queryset or keys), the team's first."""
    engages, faits = _contrats(ateliers)
    depenses = _depenses(ateliers)
    lignes, avec_equipe = [], set()
    inscrites = LigneBudget.objects.filter(atelier__in=ateliers).select_related("payeur")
    for inscrite in inscrites.order_by("atelier", "pk"):
        equipe = inscrite.nature == NatureDepense.EQUIPE
        premiere = equipe and inscrite.atelier_id not in avec_equipe
        engage, fait = depenses.get(inscrite.pk, (ZERO, ZERO))
        if premiere:
            avec_equipe.add(inscrite.atelier_id)
            engage = engages.get(inscrite.atelier_id, ZERO)
            fait = faits.get(inscrite.atelier_id, ZERO)
        lignes.append(
            Ligne(
                inscrite.atelier_id,
                inscrite.pk,
                inscrite.libelle,
                inscrite.get_nature_display(),
                inscrite.payeur.nom,
                inscrite.montant_ht,
                engage,
                fait,
                equipe,
            )
        )
    sans_ligne = engages.keys() - avec_equipe
    payeur = _payeur_de_l_equipe() if sans_ligne else ""
    for atelier in sans_ligne:
        lignes.append(
            _equipe_non_inscrite(atelier, payeur, engages[atelier], faits.get(atelier, ZERO))
        )
    return sorted(lignes, key=lambda ligne: (ligne.atelier, not ligne.par_contrat, ligne.pk or 0))


def _payeur_de_l_equipe() -> str:
    payeur = dgaln()
    return payeur.nom if payeur else DGALN


def _equipe_non_inscrite(atelier, payeur, engage, fait) -> Ligne:
    """A notified contract that the budget forgot: it is engaged all the same."""
    nature = NatureDepense.EQUIPE
    return Ligne(atelier, None, nature.label, nature.label, payeur, ZERO, engage, fait, True)
