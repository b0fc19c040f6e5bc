"""The parcours: where the atelier stands on the démarche, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone

from ateliers.carnet.domaine import listes
from ateliers.parcours.choix import EtatAtelier
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Glissement, Seance

FAITE, COURANTE, A_VENIR, SAUTEE = "faite", "courante", "a_venir", "sautee"
LIBELLES = {FAITE: "Fait", COURANTE: "En cours", A_VENIR: "À venir", SAUTEE: "Non tenu"}


@dataclass
class Etape:
    """One step on the line. `fantomes` are the dates that were given up."""

    cle: str
    titre: str
    statut: str
    jour: date | None = None
    precis: bool = False
    seance: Seance | None = None
    fantomes: list = field(default_factory=list)
    url: str = ""

    @property
    def depassee(self) -> bool:
        """The month first thought of is over and no date was given."""
        return bool(
            self.seance
            and not self.precis
            and self.statut in (COURANTE, A_VENIR)
            and self.jour
            and self.jour < timezone.localdate().replace(day=1)
        )

    @property
    def libelle_statut(self) -> str:
        return LIBELLES[self.statut]


@dataclass
class Parcours:
    """The whole line, and what the current step asks."""

    etapes: list[Etape]
    courante: Etape | None
    points: list = field(default_factory=list)
    rattrapages: list = field(default_factory=list)

    @property
    def suite(self):
        """The next thing to do: the first point not done."""
        return next((point for point in self.points if not point.fait), None)

    @property
    def faits(self) -> int:
        return sum(point.fait for point in self.points)

    @property
    def avancement(self) -> int:
        return sum(etape.statut == FAITE for etape in self.etapes)


def etapes(atelier, seances, glissements=()) -> list[Etape]:
    """Cadrage, each séance that was not cancelled, then the follow-up. No query."""
    lignes = [
        Etape(
            "cadrage",
            "Cadrage",
            A_VENIR if atelier.etat == EtatAtelier.CADRAGE else FAITE,
            jour=atelier.ouvert_le,
            url=reverse("ateliers:cadrage", args=[atelier.slug]),
        )
    ]
    fantomes: dict[int, list] = {}
    for glissement in glissements:
        fantomes.setdefault(glissement.seance_id, []).append(glissement)
    for seance in seances:
        if seance.etat == EtatSeance.ANNULEE:
            continue
        lignes.append(
            Etape(
                f"seance-{seance.pk}",
                seance.titre,
                FAITE if seance.etat == EtatSeance.TENUE else A_VENIR,
                jour=seance.mois,
                precis=seance.debut is not None,
                seance=seance,
                fantomes=fantomes.get(seance.pk, []),
                url=reverse("ateliers:seance", args=[atelier.slug, seance.pk]),
            )
        )
    lignes.append(Etape("suivi", "Suivi", FAITE if atelier.etat == EtatAtelier.CLOS else A_VENIR))
    _situer(atelier, lignes)
    return lignes


def _situer(atelier, lignes) -> None:
    """Mark the current step: the cadrage, or what follows the last step done."""
    faites = [rang for rang, etape in enumerate(lignes) if etape.statut == FAITE]
    derniere = -1 if atelier.etat == EtatAtelier.CADRAGE else max(faites, default=-1)
    for etape in lignes[: derniere + 1]:
        if etape.statut == A_VENIR:
            etape.statut = SAUTEE
    if atelier.etat in (EtatAtelier.CLOS, EtatAtelier.ABANDONNE):
        return
    prochaine = next((e for e in lignes[derniere + 1 :] if e.statut == A_VENIR), None)
    if prochaine:
        prochaine.statut = COURANTE


def seances_de(atelier):
    return list(Seance.objects.filter(atelier=atelier).order_by("ordre", "pk"))


def lire_parcours(atelier, *, complet: bool = True) -> Parcours:
    """The line of one atelier; `complet` adds the checklist of the current step."""
    seances = seances_de(atelier)
    for seance in seances:
        seance.atelier = atelier
    glissements = list(Glissement.objects.filter(seance__atelier=atelier).select_related("seance"))
    lignes = etapes(atelier, seances, glissements)
    courante = next((e for e in lignes if e.statut == COURANTE), None)
    parcours = Parcours(lignes, courante)
    if complet and courante:
        parcours.points = listes.points(atelier, courante)
        parcours.rattrapages = listes.rattrapages(atelier, seances)
    return parcours


def parcours_de_plusieurs(ateliers) -> dict[int, Parcours]:
    """The lines of a page of ateliers, in one query."""
    par_atelier: dict[int, list] = {}
    for seance in Seance.objects.filter(atelier__in=[a.pk for a in ateliers]).order_by(
        "ordre", "pk"
    ):
        par_atelier.setdefault(seance.atelier_id, []).append(seance)
    resultat = {}
    for atelier in ateliers:
        lignes = etapes(atelier, par_atelier.get(atelier.pk, []))
        courante = next((e for e in lignes if e.statut == COURANTE), None)
        resultat[atelier.pk] = Parcours(lignes, courante)
    return resultat
