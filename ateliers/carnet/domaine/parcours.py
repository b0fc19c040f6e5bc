"""The parcours: where the atelier stands on the démarche, what is missing, what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from ateliers.carnet.domaine import listes
from ateliers.parcours.choix import EtatAtelier
from ateliers.seances.choix import EtatSeance
from ateliers.seances.models import Glissement, Seance
from candidatures.dispositifs.choix import GenreSeance

FAITE, COURANTE, A_VENIR, SAUTEE = "faite", "courante", "a_venir", "sautee"
# Neither is ever cancelled: until it is held, it is still to come.
OBLIGATOIRES = (GenreSeance.ATELIER, GenreSeance.RESTITUTION)
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
    fin = Etape("suivi", "Suivi", FAITE if atelier.etat == EtatAtelier.CLOS else A_VENIR)
    fantomes: dict[int, list] = {}
    for glissement in glissements:
        fantomes.setdefault(glissement.seance_id, []).append(glissement)
    vivantes = [seance for seance in seances if seance.etat != EtatSeance.ANNULEE]
    lignes = [debut, *_seances(atelier, vivantes, fantomes), fin]
    if prochaine := _prochaine(atelier, lignes):
        prochaine.statut = COURANTE
    return lignes


def _seances(atelier, seances, fantomes) -> list[Etape]:
    """One step per séance, sorted by the day that it took place, or will; then by `ordre`."""
    seances = sorted(seances, key=lambda seance: (seance.ordre, seance.pk))
    statuts = {seance.pk: _statut(atelier, seance, seances) for seance in seances}
    places = _places(seances, statuts)
    return [
        Etape(
            f"seance-{seance.pk}",
            seance.titre,
            statuts[seance.pk],
            jour=seance.mois,
            precis=seance.debut is not None,
            seance=seance,
            fantomes=fantomes.get(seance.pk, []),
            page=("ateliers:seance", atelier.slug, seance.pk),
        )
        for seance in sorted(seances, key=lambda s: (places[s.pk], s.ordre, s.pk))
    ]


def _statut(atelier, seance, seances) -> str:
    """« Non tenu »: its day is over and the démarche went on without it, or it has ended."""
    if seance.etat == EtatSeance.TENUE:
        return FAITE
    if atelier.etat in (EtatAtelier.CLOS, EtatAtelier.ABANDONNE):
        return SAUTEE
    if seance.genre in OBLIGATOIRES or not _jour_passe(seance):
        return A_VENIR
    tenues = [autre for autre in seances if autre.etat == EtatSeance.TENUE]
    if seance.debut:
        depassee = any(autre.debut > seance.debut for autre in tenues)
    else:
        depassee = any(a.etape_type_id and a.ordre > seance.ordre for a in tenues)
    return SAUTEE if depassee else A_VENIR


def _jour_passe(seance) -> bool:
    """A month first thought of is over on its last day only."""
    if seance.fin:
        return seance.fin <= timezone.now()
    mois = timezone.localdate().replace(day=1)
    return seance.estime_le is not None and seance.estime_le < mois


def _places(seances, statuts) -> dict[int, date]:
    """The day that sorts each séance.

    One without a date is still to come: after today, and after the steps of the démarche before it.
    """
    demain = timezone.localdate() + timedelta(days=1)
    places, derniere = {}, date.min
    for seance in seances:
        jour = seance.mois or date.min
        if seance.debut is None and statuts[seance.pk] == A_VENIR:
            jour = max(jour, derniere, demain)
        places[seance.pk] = jour
        if seance.etape_type_id:
            derniere = max(derniere, jour)
    return places


def _prochaine(atelier, lignes) -> Etape | None:
    """The first step to come. Once the démarche is through, one without a date holds nothing up."""
    if atelier.etat in (EtatAtelier.CLOS, EtatAtelier.ABANDONNE):
        return None
    if atelier.etat == EtatAtelier.SUIVI:
        return lignes[-1]
    reste = [etape for etape in lignes if etape.statut == A_VENIR]
    if not any(etape.seance and etape.seance.genre in OBLIGATOIRES for etape in reste):
        reste = [etape for etape in reste if etape.precis or not etape.seance]
    return reste[0]


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
