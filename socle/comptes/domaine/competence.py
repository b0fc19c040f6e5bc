"""Which State services answer for a territory: read from its communes, never granted.

A département has its DDT(M); overseas a DEAL, a DGTM or a DTAM stands for it, and where none
exists the préfecture does. A region has its DREAL (or DEAL). The service of the most populated
département comes first: it is the one proposed to pilot.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.models import Organisme
from socle.territoires.domaine import communes_du_perimetre
from socle.territoires.models import Commune, Departement, Perimetre

LOCAUX = (N.DDT, N.DEAL, N.DTAM, N.PREFECTURE)
REGIONAUX = (N.DREAL, N.DEAL, N.DTAM)


@dataclass(frozen=True)
class Competence:
    """One département or region, its population in the perimeter, and who answers for it."""

    code: str
    nom: str
    population: int
    service: Organisme | None


@dataclass(frozen=True)
class ServicesCompetents:
    departements: list[Competence] = field(default_factory=list)
    regions: list[Competence] = field(default_factory=list)

    @property
    def pilote(self) -> Organisme | None:
        """Of the most populated département; else the first service found."""
        tous = [*self.departements, *self.regions]
        return next((c.service for c in tous if c.service), None)

    @property
    def services(self) -> list[Organisme]:
        tous = [c.service for c in (*self.departements, *self.regions) if c.service]
        return list(dict.fromkeys(tous))

    @property
    def sans_service(self) -> list[str]:
        return [c.nom for c in (*self.departements, *self.regions) if c.service is None]

    def contient(self, organisme: Organisme | None) -> bool:
        return organisme is not None and organisme.pk in {s.pk for s in self.services}


def services_competents(perimetre: Perimetre | None) -> ServicesCompetents:
    """From the perimeter: its départements by falling population, then their regions."""
    if perimetre is None:
        return ServicesCompetents()
    populations = dict.fromkeys(perimetre.departements.values_list("pk", flat=True), 0)
    return _competents(populations | _populations(communes_du_perimetre(perimetre)))


def services_de_la_collectivite(organisme: Organisme) -> ServicesCompetents:
    """Before any perimeter is drawn: from the EPCI or the commune that opens the candidature."""
    if organisme.epci_id:
        return _competents(_populations(Commune.objects.filter(epci=organisme.epci_id)))
    if organisme.commune_id:
        return _competents(_populations(Commune.objects.filter(pk=organisme.commune_id)))
    return ServicesCompetents()


def _populations(communes) -> dict[str, int]:
    lignes = communes.order_by().values_list("departement_id").annotate(total=Sum("population"))
    return dict(lignes)


def _competents(populations: dict[str, int]) -> ServicesCompetents:
    depts = Departement.objects.filter(pk__in=populations).select_related("region")
    ordre = sorted(depts, key=lambda d: (-populations[d.pk], d.pk))
    regions, par_region = {}, defaultdict(int)
    for dept in ordre:
        regions[dept.region_id] = dept.region
        par_region[dept.region_id] += populations[dept.pk]
    services = list(
        Organisme.objects.filter(nature__in={*LOCAUX, *REGIONAUX})
        .filter(Q(departements__in=ordre) | Q(regions__in=regions))
        .distinct()
        .order_by("nom")
        .prefetch_related("departements", "regions")
    )
    return ServicesCompetents(
        departements=[
            Competence(d.pk, str(d), populations[d.pk], _du_departement(services, d)) for d in ordre
        ],
        regions=[
            Competence(code, regions[code].nom, par_region[code], _de_la_region(services, code))
            for code in sorted(regions, key=lambda c: (-par_region[c], c))
        ],
    )


def _premier(services: list[Organisme], natures, garde) -> Organisme | None:
    """By order of nature, then of name."""
    for nature in natures:
        for service in services:
            if service.nature == nature and garde(service):
                return service
    return None


def _du_departement(services, dept: Departement) -> Organisme | None:
    def du_departement(service):
        return dept.pk in {d.pk for d in service.departements.all()}

    def ultramarin(service):
        codes = {r.pk for r in service.regions.all()}
        return service.nature in (N.DEAL, N.DTAM) and dept.region_id in codes

    return _premier(services, LOCAUX, lambda s: du_departement(s) or ultramarin(s))


def _de_la_region(services, code: str) -> Organisme | None:
    def de_la_region(service):
        dans = {r.pk for r in service.regions.all()}
        return code in dans or code in {
            d.region_id for d in service.departements.all() if service.nature != N.DREAL
        }

    return _premier(services, REGIONAUX, de_la_region)
