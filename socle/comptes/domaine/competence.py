"""Which State services answer for a territory: read from its communes, never granted.

A département has its DDT(M); overseas a DEAL, a DGTM or a DTAM stands for it, and where none
exists the préfecture does. A region has its DREAL (or DEAL). The service of the most populated
département comes first: it is the one proposed to pilot.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When, prefetch_related_objects

from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.models import Organisme
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.models import Commune, Departement, Perimetre

LOCAUX = (N.DDT, N.DEAL, N.DTAM, N.PREFECTURE)
REGIONAUX = (N.DREAL, N.DEAL, N.DTAM)


@dataclass(frozen=True)
class Competence:
    """One département or region, its population in the perimeter, and who answers for it.

    `service` is deduced from the territory; `designe` answers in its place, by an explicit act.
    """

    code: str
    nom: str
    population: int
    service: Organisme | None
    designe: Organisme | None = None
    motif: str = ""

    @property
    def competent(self) -> Organisme | None:
        return self.designe or self.service


@dataclass(frozen=True)
class ServicesCompetents:
    departements: list[Competence] = field(default_factory=list)
    regions: list[Competence] = field(default_factory=list)

    @property
    def pilote(self) -> Organisme | None:
        """Of the most populated département; else the first service found."""
        tous = [*self.departements, *self.regions]
        return next((c.competent for c in tous if c.competent), None)

    @property
    def services(self) -> list[Organisme]:
        tous = [c.competent for c in (*self.departements, *self.regions) if c.competent]
        return list(dict.fromkeys(tous))

    @property
    def sans_service(self) -> list[str]:
        return [c.nom for c in (*self.departements, *self.regions) if c.competent is None]

    def contient(self, organisme: Organisme | None) -> bool:
        return organisme is not None and organisme.pk in {s.pk for s in self.services}


def services_competents(perimetre: Perimetre | None) -> ServicesCompetents:
    """From the perimeter: its départements by falling population, then their regions."""
    if perimetre is None:
        return ServicesCompetents()
    depts = list(perimetre.departements.all())
    prefetch_related_objects(depts, "region")
    vides = dict.fromkeys((d.pk for d in depts), 0)
    return _competents(vides | _populations(communes_lues(perimetre).communes), depts)


def services_de_la_collectivite(organisme: Organisme) -> ServicesCompetents:
    """Before any perimeter is drawn: from the EPCI or the commune that opens the candidature."""
    if organisme.epci_id:
        return _competents(_populations(Commune.objects.filter(epci=organisme.epci_id)))
    if organisme.commune_id:
        return _competents(_populations(Commune.objects.filter(pk=organisme.commune_id)))
    return ServicesCompetents()


def departement_propre(organisme: Organisme | None) -> str:
    """Code of the département where this organisation acts first, or nothing."""
    if organisme is None:
        return ""
    if organisme.commune_id:
        return organisme.commune.departement_id
    lieux = organisme.epci.departements if organisme.epci_id else organisme.departements
    return lieux.order_by("code").values_list("code", flat=True).first() or ""


def _populations(communes) -> dict[str, int]:
    totaux: dict[str, int] = defaultdict(int)
    for commune in communes:
        totaux[commune.departement_id] += commune.population
    return totaux


def _competents(populations: dict[str, int], connus=()) -> ServicesCompetents:
    """`connus`: départements read already, with their region."""
    depts = [d for d in connus if d.pk in populations]
    if autres := populations.keys() - {d.pk for d in depts}:
        depts += Departement.objects.filter(pk__in=autres).select_related("region")
    ordre = sorted(depts, key=lambda d: (-populations[d.pk], d.pk))
    regions, par_region = {}, defaultdict(int)
    for dept in ordre:
        regions[dept.region_id] = dept.region
        par_region[dept.region_id] += populations[dept.pk]
    services = _services(ordre, regions)
    return ServicesCompetents(
        departements=[
            Competence(d.pk, str(d), populations[d.pk], _du_departement(services, d)) for d in ordre
        ],
        regions=[
            Competence(code, regions[code].nom, par_region[code], _de_la_region(services, code))
            for code in sorted(regions, key=lambda c: (-par_region[c], c))
        ],
    )


def _services(depts, regions) -> list[Organisme]:
    """With the codes of all that each one covers, in one query."""
    liens_depts = Organisme.departements.through.objects.filter(organisme=OuterRef("pk"))
    liens_regions = Organisme.regions.through.objects.filter(organisme=OuterRef("pk"))
    return list(
        Organisme.objects.filter(nature__in={*LOCAUX, *REGIONAUX})
        .filter(Q(departements__in=depts) | Q(regions__in=regions))
        .distinct()
        .order_by("nom")
        .annotate(
            codes_departements=ArraySubquery(liens_depts.values("departement")),
            codes_regions=ArraySubquery(liens_regions.values("region")),
            regions_des_departements=ArraySubquery(liens_depts.values("departement__region")),
        )
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
        return dept.pk in service.codes_departements

    def ultramarin(service):
        return service.nature in (N.DEAL, N.DTAM) and dept.region_id in service.codes_regions

    return _premier(services, LOCAUX, lambda s: du_departement(s) or ultramarin(s))


def _de_la_region(services, code: str) -> Organisme | None:
    def de_la_region(service):
        par_departement = service.nature != N.DREAL and code in service.regions_des_departements
        return code in service.codes_regions or par_departement

    return _premier(services, REGIONAUX, de_la_region)


def services_de_la_region(region: OuterRef) -> QuerySet[Organisme]:
    """The same rule in SQL, the best first, inside a query on regions."""
    departements = Organisme.departements.through.objects.filter(
        organisme=OuterRef("pk"), departement__region=OuterRef(region)
    )
    regions = Organisme.regions.through.objects.filter(
        organisme=OuterRef("pk"), region=OuterRef(region)
    )
    rang = Case(*(When(nature=nature, then=i) for i, nature in enumerate(REGIONAUX)))
    return (
        Organisme.objects.filter(nature__in=REGIONAUX)
        .filter(Exists(regions) | ~Q(nature=N.DREAL) & Exists(departements))
        .order_by(rang, "nom")
    )
