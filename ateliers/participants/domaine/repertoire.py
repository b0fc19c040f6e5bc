"""Reads of the organismes of the directory."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from ateliers.annuaire.domaine.proximite import paires
from ateliers.annuaire.droits import organismes_visibles_par, visibles_par
from ateliers.annuaire.models import Mandat, OrganismeAnnuaire
from ateliers.parcours import droits as parcours
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.territoires.texte import plier

PROPOSES = 12


@dataclass(frozen=True)
class FiltreOrganismes:
    texte: str = ""
    college: str = ""

    @property
    def actif(self) -> bool:
        return bool(self.texte or self.college)


def _contenant(organismes, texte: str):
    for mot in plier(texte).split():
        organismes = organismes.filter(recherche__contains=mot)
    return organismes


def chercher(utilisateur, filtre: FiltreOrganismes):
    """Organismes, each with the number of people (`actuels`) that one sees speak for it today."""
    organismes = _contenant(organismes_visibles_par(utilisateur), filtre.texte)
    if filtre.college in College.values:
        organismes = organismes.filter(college=filtre.college)
    siennes = Mandat.objects.filter(
        organisme=OuterRef("pk"),
        au__isnull=True,
        personne__in=visibles_par(utilisateur).values("pk"),
    )
    nombre = siennes.order_by().values("organisme").annotate(n=Count("personne", distinct=True))
    nombre = Subquery(nombre.values("n"), output_field=IntegerField())
    return organismes.annotate(actuels=Coalesce(nombre, 0)).order_by("cle", "pk")


def proposer(organismes, texte: str) -> list[str]:
    if len(plier(texte)) < 2:
        return []
    return list(_contenant(organismes, texte).values_list("nom", flat=True)[:PROPOSES])


def mandats_de(organisme, utilisateur):
    """Who speaks for it, then who spoke, among the people that one may see."""
    visibles = visibles_par(utilisateur).values("pk")
    mandats = Mandat.objects.filter(organisme=organisme, personne__in=visibles)
    return mandats.select_related("personne").order_by(
        F("au").desc(nulls_first=True), "personne__nom", "personne__prenom", "pk"
    )


def ateliers_de(organisme, utilisateur) -> list:
    siens = Participant.objects.filter(organisme=organisme).values("atelier")
    return list(parcours.visibles_par(utilisateur).filter(pk__in=siens).order_by("nom")[:20])


@dataclass(frozen=True)
class DoubleOrganisme:
    """Two organismes that may be one, the one to keep first."""

    garder: OrganismeAnnuaire
    absorber: OrganismeAnnuaire


def doublons(utilisateur) -> list[DoubleOrganisme]:
    """Names that look alike; one that is known elsewhere, or that more people name, is kept."""
    lus = chercher(utilisateur, FiltreOrganismes())
    lus = {o.pk: o for o in lus.select_related("compte", "commune", "epci")}
    trouves = []
    for un, autre in paires({pk: o.nom for pk, o in lus.items()}):
        if lus[un].atelier_id != lus[autre].atelier_id:
            continue
        garder, absorber = sorted((lus[un], lus[autre]), key=_rang)
        trouves.append(DoubleOrganisme(garder, absorber))
    return sorted(trouves, key=lambda d: (d.garder.cle, d.absorber.cle))


def _rang(organisme) -> tuple:
    return (organisme.identite is None, not organisme.siret, -organisme.actuels, organisme.pk)
