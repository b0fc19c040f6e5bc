"""The parcours: where the atelier stands on the démarche, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone

from ateliers.carnet.domaine import listes
from ateliers.parcours.choix import EtatAtelier
from ateliers.seances.domaine.phases import A_VENIR, COURANTE, FAITE, SAUTEE, lire
from ateliers.seances.models import Glissement, Seance

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
    page: tuple = ()  # its address, written for those that a page links only

    @property
    def url(self) -> str:
        return reverse(self.page[0], args=self.page[1:]) if self.page else ""

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
    """Cadrage, each séance that was not cancelled by date, then the follow-up. No query."""
    debut = Etape(
        "cadrage",
        "Cadrage",
        A_VENIR if atelier.etat == EtatAtelier.CADRAGE else FAITE,
        jour=atelier.ouvert_le,
        page=("ateliers:cadrage", atelier.slug),
    )
    # The pilot opens the follow-up: until then the atelier is in restitution, and both say so.
    a_ouvrir = atelier.etat == EtatAtelier.RESTITUTION
    fin = Etape(
        "suivi",
        "Suivi à ouvrir" if a_ouvrir else "Suivi",
        FAITE if atelier.etat == EtatAtelier.CLOS else A_VENIR,
    )
    fantomes: dict[int, list] = {}
    for glissement in glissements:
        fantomes.setdefault(glissement.seance_id, []).append(glissement)
    marche = lire(atelier, seances)
    lignes = [debut, *(_seance(atelier, s, marche, fantomes) for s in marche.seances), fin]
    cle = getattr(marche.courante, "pk", None)
    cle = f"seance-{cle}" if cle else marche.courante
    for etape in lignes:
        if etape.cle == cle:
            etape.statut = COURANTE
    return lignes


def _seance(atelier, seance, marche, fantomes) -> Etape:
    return Etape(
        f"seance-{seance.pk}",
        seance.titre,
        marche.statuts[seance.pk],
        jour=seance.mois,
        precis=seance.debut is not None,
        seance=seance,
        fantomes=fantomes.get(seance.pk, []),
        page=("ateliers:seance", atelier.slug, seance.pk),
    )


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


def parcours_de_plusieurs(ateliers, seances=None) -> dict[int, Parcours]:
    """The lines of a page of ateliers, in one query; in none when their séances are given."""
    if seances is None:
        lues = Seance.objects.filter(atelier__in=[a.pk for a in ateliers])
        seances = lues.order_by("ordre", "pk")
    par_atelier: dict[int, list] = {}
    for seance in seances:
        par_atelier.setdefault(seance.atelier_id, []).append(seance)
    resultat = {}
    for atelier in ateliers:
        lignes = etapes(atelier, par_atelier.get(atelier.pk, []))
        courante = next((e for e in lignes if e.statut == COURANTE), None)
        resultat[atelier.pk] = Parcours(lignes, courante)
    return resultat
