"""Reads of the directory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from ateliers.annuaire.domaine.comptes import cle_du_nom
from ateliers.annuaire.droits import visibles_par
from ateliers.annuaire.models import Mandat, OrganismeAnnuaire, Personne
from ateliers.parcours import droits as parcours
from ateliers.participants.models import Participant
from candidatures.dispositifs.choix import College
from socle.territoires.texte import plier


@dataclass(frozen=True)
class Filtre:
    texte: str = ""
    college: str = ""
    organisme: int | None = None

    @property
    def actif(self) -> bool:
        return bool(self.texte or self.college or self.organisme)


def chercher(utilisateur, filtre: Filtre):
    """People of the directory, each with its mandates and the ateliers that one may see."""
    personnes = visibles_par(utilisateur)
    for mot in plier(filtre.texte).split():
        personnes = personnes.filter(recherche__contains=mot)
    qualite = Q(au__isnull=True)
    if filtre.college in College.values:
        qualite &= Q(college=filtre.college)
    if filtre.organisme:
        qualite &= Q(organisme=filtre.organisme)
    if filtre.college or filtre.organisme:
        personnes = personnes.filter(pk__in=Mandat.objects.filter(qualite).values("personne"))
    lisibles = parcours.visibles_par(utilisateur).values("pk")
    return personnes.prefetch_related(
        Prefetch("mandats", Mandat.objects.select_related("organisme")),
        Prefetch(
            "participations",
            Participant.objects.filter(atelier__in=lisibles).select_related("atelier", "organisme"),
        ),
    )


def organismes_du_filtre(utilisateur) -> list[tuple[int, str]]:
    """The organismes by which the list may be filtered. Two short queries, where nesting one in
    the other lets a database without statistics start from the organismes.
    """
    mandats = Mandat.objects.filter(
        personne__in=visibles_par(utilisateur).values("pk"), au__isnull=True
    )
    cles = list(mandats.order_by().values_list("organisme", flat=True).distinct())
    connus = OrganismeAnnuaire.objects.filter(pk__in=cles).order_by("cle", "pk")
    return list(connus.values_list("pk", "nom"))


@dataclass(frozen=True)
class Doublon:
    """Two files that may be the same person, the one to keep first."""

    garder: Personne
    absorber: Personne
    raison: str


def a_comparer(utilisateur) -> list[Personne]:
    """Everybody that one sees, as the two lists of doubles read them."""
    lues = visibles_par(utilisateur).select_related("utilisateur")
    return list(lues.prefetch_related("mandats__organisme").order_by("pk"))


def doublons(personnes) -> list[Doublon]:
    """Same name, and nothing that says they are two: an inhabitant only meets their atelier."""
    groupes = defaultdict(list)
    for personne in personnes:
        cle = cle_du_nom(personne.prenom, personne.nom)
        groupes[(cle, personne.atelier_id)].append(personne)
    trouves = []
    for groupe in groupes.values():
        for autre in groupe[1:]:
            garder, absorber = _ordre(groupe[0], autre)
            trouves.append(Doublon(garder, absorber, _raison(garder, absorber)))
    deja = {frozenset((d.garder.pk, d.absorber.pk)) for d in trouves}
    trouves += [d for d in _par_compte(personnes) if {d.garder.pk, d.absorber.pk} not in deja]
    return sorted(trouves, key=lambda d: plier(f"{d.garder.nom} {d.garder.prenom}"))


def _par_compte(personnes) -> list[Doublon]:
    """The address of one is that of the account of the other: their account changed of address."""
    titulaires = {p.utilisateur.email.lower(): p for p in personnes if p.utilisateur_id}
    paires = [(titulaires.get(p.courriel.lower()), p) for p in personnes if p.atelier_id is None]
    return [
        Doublon(titulaire, autre, "l’adresse de l’une est celle du compte de l’autre")
        for titulaire, autre in paires
        if titulaire is not None and titulaire.pk != autre.pk
    ]


def _ordre(premier, second):
    return (second, premier) if second.courriel and not premier.courriel else (premier, second)


def _raison(garder, absorber) -> str:
    communes = {m.organisme_id for m in garder.mandats.all()} & {
        m.organisme_id for m in absorber.mandats.all()
    } - {None}
    if communes:
        return "même nom, même organisme"
    if garder.courriel and absorber.courriel:
        return "même nom, deux adresses"
    return "même nom"
