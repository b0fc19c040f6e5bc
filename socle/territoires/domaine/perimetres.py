"""The verbs of a perimeter. Population and départements are always derived here."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, Sum

from socle.territoires.domaine.importation import millesime_courant
from socle.territoires.models import Commune, Departement, Epci, Perimetre, ZoneLibre

Zone = tuple[str, Departement]


def communes_couvertes(communes: Iterable[Commune], epcis: Iterable[Epci]):
    """Each commune once, whether named itself, within an EPCI, or both."""
    return Commune.objects.filter(
        Q(pk__in=[c.pk for c in communes]) | Q(epci__in=[e.pk for e in epcis])
    )


def communes_du_perimetre(perimetre: Perimetre):
    return communes_couvertes(perimetre.communes.all(), perimetre.epcis.all())


def _remplir(perimetre: Perimetre, communes, epcis, zones: list[Zone]) -> Perimetre:
    couvertes = communes_couvertes(communes, epcis)
    perimetre.population = couvertes.aggregate(total=Sum("population"))["total"] or 0
    perimetre.millesime = millesime_courant()
    perimetre.save()
    perimetre.communes.set(communes)
    perimetre.epcis.set(epcis)
    depts = set(couvertes.order_by().values_list("departement_id", flat=True).distinct())
    perimetre.departements.set(depts | {dept.pk for _, dept in zones})
    perimetre.zones.all().delete()
    ZoneLibre.objects.bulk_create(
        ZoneLibre(perimetre=perimetre, nom=nom, departement=dept)
        for nom, dept in dict.fromkeys(zones)
    )
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
