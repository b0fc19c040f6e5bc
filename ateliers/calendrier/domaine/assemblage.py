"""From the rows of ateliers to the plain data of the solver."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from ateliers.calendrier.domaine.enchainements import ecarts_de, suite_de
from ateliers.calendrier.domaine.exigences import exigences
from ateliers.calendrier.domaine.ressources import Ressources, site_de
from ateliers.calendrier.models import PeriodeReserve
from ateliers.calendrier.solveur import probleme as p
from ateliers.parcours.models import Atelier
from ateliers.programme.domaine.publie import hors_des_journees
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.duree import jours_de
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import EN_DEMI_JOURNEE, GenreSeance

DEMI_JOURNEES = dict.fromkeys(EN_DEMI_JOURNEE, 1)

FERMES = ("clos", "abandonne")


class RienAPlacer(Exception):
    """Every séance has its date already."""


def ateliers_de(demande) -> list[Atelier]:
    ateliers = Atelier.objects.select_related("dispositif").prefetch_related(
        "perimetre__departements", "intervenants"
    )
    if demande.atelier_id:
        return list(ateliers.filter(pk=demande.atelier_id))
    return list(
        ateliers.filter(candidature__appel__session=demande.session_id)
        .exclude(etat__in=FERMES)
        .order_by("pk")
    )


def seances_de(ateliers) -> list[Seance]:
    return list(
        Seance.objects.filter(atelier__in=ateliers)
        .exclude(etat=EtatSeance.ANNULEE)
        .select_related("etape_type", "atelier", "salle")
        .order_by("atelier", "ordre", "pk")
    )


def assembler(demande) -> p.Probleme:
    """Read again at each call: what was programmed since is pinned."""
    return _Assemblage(demande).probleme()


class _Assemblage:
    def __init__(self, demande):
        self.parametres = demande.parametres
        self.demande = demande
        self.ateliers = ateliers_de(demande)
        self.sites = {a.pk: site_de(a) for a in self.ateliers}
        self.lignes = seances_de(self.ateliers)
        self.hors = hors_des_journees(self.lignes)
        self.debut = date.fromisoformat(self.parametres["debut"])
        self.fin = date.fromisoformat(self.parametres["fin"])
        self.exigences = exigences(demande, self.ateliers)
        self.ressources = Ressources(self)

    def probleme(self) -> p.Probleme:
        par_atelier = defaultdict(list)
        for ligne in self.lignes:
            par_atelier[ligne.atelier_id].append(ligne)
        seances = tuple(self._seance(ligne) for ligne in self.lignes)
        if all(s.epingle and s.epingle.programmee for s in seances):
            raise RienAPlacer
        ecarts, durees = [], []
        for atelier in self.ateliers:
            suite = suite_de(par_atelier[atelier.pk])
            fixees = {ligne.pk for ligne in suite if self._seance(ligne).epingle}
            ecarts += ecarts_de(suite, fixees) + self._apres_une_inversion(suite)
            if len(suite) > 1:
                durees.append(_duree(atelier, suite))
        return p.Probleme(
            seances,
            tuple(self.ressources.gens()),
            tuple(self.ressources.lieux()),
            tuple(ecarts),
            tuple(durees),
            tuple(_reserves()),
            self.parametres.get("vacances", "eviter"),
        )

    def _apres_une_inversion(self, suite) -> list[p.Ecart]:
        """Two dates fixed against the order: what comes next still follows both."""
        fixees = {ligne.pk: self._seance(ligne).epingle for ligne in suite}
        return [
            p.Ecart(str(avant.pk), str(suivante.pk))
            for rang, (avant, apres) in enumerate(pairwise(suite))
            if fixees[avant.pk] and fixees[apres.pk]
            if fixees[apres.pk].debut < fixees[avant.pk].fin
            for suivante in suite[rang + 2 :]
            if not fixees[suivante.pk]
        ]

    def _seance(self, ligne):
        obligatoires, facultatives = self.ressources.attendus(ligne)
        jours = ligne.etape_type.duree_jours if ligne.etape_type else 0
        demi = DEMI_JOURNEES.get(ligne.genre) if jours <= 1 else None
        titre = ligne.titre if self.demande.atelier_id else f"{ligne.titre}, {ligne.atelier.nom}"
        return p.Seance(
            cle=str(ligne.pk),
            atelier=str(ligne.atelier_id),
            titre=titre,
            site=self.sites[ligne.atelier_id],
            debut=self.debut,
            fin=self.fin,
            demi_journees=demi or max(2 * jours, 2),
            soir=bool(self.parametres.get("soir")),
            samedi=bool(self.parametres.get("samedi")),
            obligatoires=obligatoires,
            facultatives=facultatives,
            lieu=f"l-{ligne.salle_id}" if ligne.salle_id else "",
            quorums=self.exigences[ligne.atelier_id].quorums_de(ligne),
            epingle=self._epingle(ligne, demi or max(2 * jours, 2)),
            hors=self.hors.get(ligne.pk, ()) if jours > 1 else (),
        )

    def _epingle(self, ligne, demi_journees):
        if ligne.etat != EtatSeance.A_PROGRAMMER:
            return p.Epingle(ligne.debut, ligne.fin, programmee=True)
        fixee = self.parametres.get("epingles", {}).get(str(ligne.pk))
        if not fixee:
            return None
        return epingle(datetime.fromisoformat(fixee), ZoneInfo(ligne.fuseau), demi_journees)


def epingle(debut: datetime, zone: ZoneInfo, demi_journees: int) -> p.Epingle:
    """What the pilot fixed: without an hour, in the morning; a half-day lasts its usual hours."""
    if (debut.hour, debut.minute) == (0, 0):
        debut = datetime.combine(debut, p.HEURES[p.MATIN][0])
    debut = debut.replace(tzinfo=zone)
    if demi_journees == 1:
        ouverture, fermeture = (datetime.combine(debut, h) for h in p.HEURES[p.MATIN])
        return p.Epingle(debut, debut + (fermeture - ouverture))
    dernier = debut.date() + timedelta(days=(demi_journees - 1) // 2)
    soir = p.HEURES[p.MATIN if demi_journees % 2 else p.APRES_MIDI][1]
    fin = datetime.combine(dernier, soir, tzinfo=zone)
    return p.Epingle(debut, max(fin, debut + timedelta(hours=1)))


def _reserves():
    for ligne in PeriodeReserve.objects.prefetch_related("departements"):
        codes = tuple(d.code for d in ligne.departements.all())
        yield p.Reserve(ligne.nom, ligne.debut, ligne.fin, ligne.bloquante, codes)


def _duree(atelier, suite) -> p.Duree:
    """In days that hold whatever the month one starts in; the least only up to a restitution."""
    dispositif, derniere = atelier.dispositif, suite[-1]
    au_plus, _ = jours_de(dispositif.duree_max_mois)
    _, au_moins = jours_de(dispositif.duree_min_mois)
    if derniere.genre != GenreSeance.RESTITUTION:
        au_moins = 0
    bornes = (str(suite[0].pk), str(derniere.pk))
    mois = (f"{n}\u00a0mois" for n in (dispositif.duree_max_mois, dispositif.duree_min_mois))
    return p.Duree(atelier.nom, *bornes, au_plus + 1, au_moins, *mois)
