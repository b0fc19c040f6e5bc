"""Organisations, people and perimeters of the benchmark, on the real geography."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from config.banc.textes import NOMS, PRENOMS
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.domaine import millesime_courant
from socle.territoires.models import Commune, Departement, Epci, Perimetre, Region

EVALUATEURS = 60
COLLECTIVITES = 600


@dataclass
class Monde:
    """What the candidatures are hung on."""

    hasard: Random
    dgaln: Utilisateur = None
    evaluateurs: list[Utilisateur] = field(default_factory=list)
    ddt: dict[str, Utilisateur] = field(default_factory=dict)
    dreal: dict[str, Utilisateur] = field(default_factory=dict)
    collectivites: list[Utilisateur] = field(default_factory=list)
    epcis: list[tuple] = field(default_factory=list)
    communes: list[tuple] = field(default_factory=list)
    regions: dict[str, str] = field(default_factory=dict)


def _personne(hasard, adresse, role, organisme) -> Utilisateur:
    return Utilisateur(
        email=f"{adresse}@banc.example",
        password="!",
        prenom=hasard.choice(PRENOMS),
        nom=hasard.choice(NOMS),
        fonction="Chargé de mission",
        role=role,
        organisme=organisme,
    )


def _services(monde: Monde) -> None:
    departements = list(Departement.objects.order_by("pk"))
    regions = list(Region.objects.order_by("pk"))
    monde.regions = {d.pk: d.region_id for d in departements}
    ddt = [
        Organisme(nom=f"Direction des territoires {d.nom}", sigle=f"DDT {d.pk}", nature=N.DDT)
        for d in departements
    ]
    dreal = [
        Organisme(nom=f"DREAL {r.nom}", sigle=f"DREAL {r.pk}", nature=N.DREAL) for r in regions
    ]
    Organisme.objects.bulk_create([*ddt, *dreal])
    Organisme.departements.through.objects.bulk_create(
        Organisme.departements.through(organisme=o, departement=d)
        for o, d in zip(ddt, departements, strict=True)
    )
    Organisme.regions.through.objects.bulk_create(
        Organisme.regions.through(organisme=o, region=r)
        for o, r in zip(dreal, regions, strict=True)
    )
    for d, o in zip(departements, ddt, strict=True):
        monde.ddt[d.pk] = _personne(monde.hasard, f"ddt-{d.pk.lower()}", Role.SERVICE_ETAT, o)
    for r, o in zip(regions, dreal, strict=True):
        monde.dreal[r.pk] = _personne(monde.hasard, f"dreal-{r.pk}", Role.SERVICE_ETAT, o)


def _collectivites(monde: Monde) -> None:
    choisis = monde.hasard.sample(monde.epcis, min(COLLECTIVITES, len(monde.epcis)))
    organismes = [
        Organisme(nom=f"{nom} ({code})"[:200], sigle=nom[:40], nature=N.EPCI, epci_id=code)
        for code, nom, *_ in sorted(choisis)
    ]
    Organisme.objects.bulk_create(organismes)
    monde.collectivites = [
        _personne(monde.hasard, f"epci-{o.epci_id}", Role.COLLECTIVITE, o) for o in organismes
    ]


def peupler(hasard: Random) -> Monde:
    """Create organisations and accounts; read the geography once."""
    monde = Monde(hasard)
    par_epci = defaultdict(list)
    for commune in (
        Commune.objects.filter(actif=True)
        .order_by("pk")
        .values_list("pk", "nom", "departement_id", "epci_id", "population")
    ):
        monde.communes.append(commune)
        par_epci[commune[3]].append(commune)
    for code, nom in Epci.objects.filter(actif=True).order_by("pk").values_list("pk", "nom"):
        if par_epci[code]:
            monde.epcis.append((code, nom, par_epci[code]))
    _services(monde)
    _collectivites(monde)
    centrale = Organisme.objects.create(
        nom="Direction générale", sigle="DGALN", nature=N.ADMINISTRATION_CENTRALE
    )
    ecole = Organisme.objects.create(nom="École d’urbanisme", sigle="École", nature=N.ECOLE)
    monde.dgaln = _personne(hasard, "dgaln", Role.DGALN, centrale)
    monde.evaluateurs = [
        _personne(hasard, f"evaluateur-{i}", Role.EVALUATEUR, ecole) for i in range(EVALUATEURS)
    ]
    services = [*monde.ddt.values(), *monde.dreal.values()]
    Utilisateur.objects.bulk_create(
        [monde.dgaln, *monde.evaluateurs, *services, *monde.collectivites]
    )
    return monde


def perimetres(monde: Monde, debut: int, nombre: int) -> list[Perimetre]:
    """One perimeter per candidature, with the same key: an EPCI, or one commune in four."""
    faits, liens_epci, liens_commune, liens_departement = [], [], [], []
    millesime = millesime_courant()
    for pk in range(debut, debut + nombre):
        if pk % 4:
            code, nom, couvertes = monde.hasard.choice(monde.epcis)
            liens_epci.append(Perimetre.epcis.through(perimetre_id=pk, epci_id=code))
        else:
            couvertes = [monde.hasard.choice(monde.communes)]
            nom = couvertes[0][1]
            liens_commune.append(
                Perimetre.communes.through(perimetre_id=pk, commune_id=couvertes[0][0])
            )
        departements = sorted({c[2] for c in couvertes})
        liens_departement += [
            Perimetre.departements.through(perimetre_id=pk, departement_id=d) for d in departements
        ]
        perimetre = Perimetre(
            pk=pk,
            nom=nom,
            population=sum(c[4] for c in couvertes),
            millesime=millesime,
            couverture=[c[0] for c in couvertes],
        )
        perimetre.codes_departements = departements
        faits.append(perimetre)
    Perimetre.objects.bulk_create(faits, batch_size=2000)
    Perimetre.epcis.through.objects.bulk_create(liens_epci, batch_size=5000)
    Perimetre.communes.through.objects.bulk_create(liens_commune, batch_size=5000)
    Perimetre.departements.through.objects.bulk_create(liens_departement, batch_size=5000)
    return faits
