"""Read what ties reviewers and dossiers together, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from candidatures.dossiers.droits import organismes_porteurs
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine.conflits import Emprise, Profil
from candidatures.instruction.models import MandatElectif
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Commune, Departement, Perimetre

LECTEURS = (Role.EVALUATEUR, Role.DGALN)


def lecteurs():
    """Those whom the instruction lets read, hence those who may be recused."""
    return Utilisateur.objects.filter(role__in=LECTEURS)


def _departements_des(organismes: list[int]) -> dict[int, set[str]]:
    """Territory of each organisation; a central administration has none of its own."""
    locaux = Organisme.objects.filter(pk__in=organismes).exclude(
        nature=NatureOrganisme.ADMINISTRATION_CENTRALE
    )
    par_organisme: dict[int, set[str]] = defaultdict(set)
    lus = locaux.values_list("pk", "departements", "commune__departement", "regions", "epci")
    regions, epcis = defaultdict(set), defaultdict(set)
    for pk, departement, de_commune, region, epci in lus:
        par_organisme[pk] |= {departement, de_commune} - {None}
        if region:
            regions[region].add(pk)
        if epci:
            epcis[epci].add(pk)
    if regions:
        for code, region in Departement.objects.filter(region__in=regions).values_list(
            "pk", "region"
        ):
            for pk in regions[region]:
                par_organisme[pk].add(code)
    if epcis:
        for code, epci in Commune.objects.filter(epci__in=epcis).values_list(
            "departement_id", "epci"
        ):
            for pk in epcis[epci]:
                par_organisme[pk].add(code)
    return par_organisme


def profils(personnes) -> list[Profil]:
    """`personnes`: a queryset of users."""
    lues = list(personnes.values_list("pk", "organisme_id"))
    departements = _departements_des([o for _, o in lues if o])
    jour = timezone.localdate()
    communes, epcis = defaultdict(set), defaultdict(set)
    mandats = MandatElectif.objects.filter(
        Q(fin__isnull=True) | Q(fin__gte=jour), personne__in=[p for p, _ in lues], debut__lte=jour
    )
    for personne, commune, epci in mandats.values_list("personne", "commune__code", "epci"):
        if commune:
            communes[personne].add(commune)
        if epci:
            epcis[personne].add(epci)
    return [
        Profil(
            personne_id=pk,
            organisme_id=organisme,
            departements=frozenset(departements.get(organisme, ())),
            communes=frozenset(communes[pk]),
            epcis=frozenset(epcis[pk]),
        )
        for pk, organisme in lues
    ]


def emprise(candidature: Candidature) -> Emprise:
    organismes = organismes_porteurs(candidature)
    perimetre = candidature.perimetre_id and Perimetre.objects.get(pk=candidature.perimetre_id)
    if not perimetre:
        return Emprise(candidature.pk, frozenset(organismes))
    couvertes = Commune.objects.filter(code__in=perimetre.couverture)
    epcis = set(couvertes.exclude(epci=None).order_by().values_list("epci", flat=True).distinct())
    epcis |= set(perimetre.epcis.values_list("pk", flat=True))
    return Emprise(
        candidature_id=candidature.pk,
        organismes=frozenset(organismes),
        departements=frozenset(perimetre.departements.values_list("pk", flat=True)),
        communes=frozenset(perimetre.couverture),
        epcis=frozenset(epcis),
    )
