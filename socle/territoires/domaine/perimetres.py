"""The verbs of a perimeter. Population and départements are always derived here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, Sum

from socle.abonnes import PERIMETRE, prevenir
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.domaine.millesimes import millesime_courant
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.models import (
    Commune,
    Departement,
    Epci,
    EtatPerimetre,
    Perimetre,
    ZoneLibre,
)

Zone = tuple[str, Departement]


def communes_couvertes(communes: Iterable[Commune], epcis: Iterable[Epci]):
    """Each commune once, whether named itself, within an EPCI, or both."""
    return Commune.objects.filter(
        Q(pk__in=[c.pk for c in communes]) | Q(epci__in=[e.pk for e in epcis])
    )


def communes_du_perimetre(perimetre: Perimetre):
    """Its communes in its own vintage, ended ones included."""
    return Commune.objects.filter(code__in=perimetre.couverture)


def departements_de_droit(codes: Iterable[str]) -> set[str]:
    """Départements of these communes, and of those that succeeded them."""
    codes = list(codes)
    tous = {*codes, *successeurs(codes).values()}
    return set(
        Commune.objects.filter(code__in=tous)
        .order_by()
        .values_list("departement_id", flat=True)
        .distinct()
    )


def _composition(perimetre: Perimetre) -> tuple[set, set, set]:
    return (
        {c.pk for c in perimetre.communes.all()},
        {e.pk for e in perimetre.epcis.all()},
        {(z.nom, z.departement_id) for z in perimetre.zones.all()},
    )


def _remplir(perimetre: Perimetre, communes, epcis, zones: list[Zone]) -> Perimetre:
    """Derive everything again. The same composition keeps its vintage and all it holds."""
    voulue = ({c.pk for c in communes}, {e.pk for e in epcis}, {(n, d.pk) for n, d in zones})
    if perimetre.pk and _composition(perimetre) == voulue:
        perimetre.save(update_fields=["nom"])
        return perimetre
    couvertes = communes_couvertes(communes, epcis).filter(
        Q(actif=True) | Q(pk__in=[c.pk for c in communes])
    )
    perimetre.couverture = sorted(couvertes.order_by().values_list("code", flat=True))
    sommes = couvertes.order_by().aggregate(
        population=Sum("population"),
        surface=Sum("contour__surface_km2"),
        connues=Count("contour"),
    )
    perimetre.population = sommes["population"] or 0
    perimetre.surface_km2, perimetre.surfaces_connues = sommes["surface"], sommes["connues"]
    if perimetre.millesime is None or not couvertes.filter(actif=False).exists():
        perimetre.millesime = millesime_courant()
    perimetre.save()
    perimetre.communes.set(communes)
    perimetre.epcis.set(epcis)
    depts = departements_de_droit(perimetre.couverture)
    perimetre.departements.set(depts | {dept.pk for _, dept in zones})
    perimetre.zones.all().delete()
    ZoneLibre.objects.bulk_create(
        ZoneLibre(perimetre=perimetre, nom=nom, departement=dept)
        for nom, dept in dict.fromkeys(zones)
    )
    prevenir(PERIMETRE, perimetre)
    return perimetre


@transaction.atomic
def creer_perimetre(
    *,
    nom: str,
    communes: Iterable[Commune] = (),
    epcis: Iterable[Epci] = (),
    zones: Iterable[Zone] = (),
) -> Perimetre:
    """`zones` are (name, Departement) pairs. Rights are those of the object that holds it."""
    return _remplir(Perimetre(nom=nom), list(communes), list(epcis), list(zones))


@transaction.atomic
def modifier_perimetre(
    perimetre: Perimetre,
    *,
    nom: str | None = None,
    communes: Iterable[Commune] | None = None,
    epcis: Iterable[Epci] | None = None,
    zones: Iterable[Zone] | None = None,
) -> Perimetre:
    """Change what is given, keep the rest, derive again with the current découpage."""
    perimetre = Perimetre.objects.select_for_update().get(pk=perimetre.pk)
    perimetre.nom = perimetre.nom if nom is None else nom
    communes = perimetre.communes.all() if communes is None else communes
    epcis = perimetre.epcis.all() if epcis is None else epcis
    if zones is None:
        zones = [(z.nom, z.departement) for z in perimetre.zones.select_related("departement")]
    return _remplir(perimetre, list(communes), list(epcis), list(zones))


@dataclass(frozen=True)
class Remplacement:
    """A commune of the perimeter that is no more, and the one that took its place (or None)."""

    commune: Commune
    successeur: Commune | None


def remplacements(perimetre: Perimetre) -> list[Remplacement]:
    """What changed since the perimeter’s vintage. Empty when it is still up to date."""
    lues = communes_lues(perimetre)
    return [Remplacement(c, lues.successeurs.get(c.pk)) for c in lues.communes if not c.actif]


@transaction.atomic
def actualiser_perimetre(perimetre: Perimetre) -> Perimetre:
    """Bring it to the vintage in force: ended communes give way; the former state is kept."""
    perimetre = Perimetre.objects.select_for_update().get(pk=perimetre.pk)
    communes = list(perimetre.communes.all())
    EtatPerimetre.objects.create(
        perimetre=perimetre,
        millesime=perimetre.millesime,
        population=perimetre.population,
        communes=[{"code": c.code, "nom": c.nom} for c in communes],
        epcis=[{"code": e.code, "nom": e.nom} for e in perimetre.epcis.all()],
        couverture=perimetre.couverture,
    )
    epcis = list(perimetre.epcis.filter(actif=True))
    codes = {c.code for c in communes}
    if len(epcis) < perimetre.epcis.count():
        # An EPCI is no more: its communes are named one by one, unless another EPCI holds them.
        codes |= set(perimetre.couverture)
    bouts = successeurs(codes)
    codes = {bouts.get(code, code) for code in codes}
    tenues = {c.code for c in communes}
    actuelles = [
        c
        for c in Commune.objects.filter(code__in=codes, actif=True)
        if c.epci_id not in {e.pk for e in epcis} or c.code in tenues
    ]
    zones = [(z.nom, z.departement) for z in perimetre.zones.select_related("departement")]
    perimetre.communes.clear()
    perimetre.epcis.clear()
    perimetre.zones.all().delete()
    return _remplir(perimetre, actuelles, epcis, zones)


def suivre_les_successeurs() -> None:
    """After a new vintage: the département of a successor sees the perimeter; none is taken away.

    `departements` is derived from the perimeter alone, so it is derived again and never granted.
    """
    finies = set(Commune.objects.filter(actif=False).values_list("code", flat=True))
    if not finies:
        return
    touches = Perimetre.objects.filter(couverture__overlap=sorted(finies))
    for perimetre in touches.prefetch_related("zones"):
        depts = departements_de_droit(perimetre.couverture)
        perimetre.departements.set(depts | {z.departement_id for z in perimetre.zones.all()})
