"""All the ateliers on one time line. Positions in thousandths: the page needs no script."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from ateliers.calendrier.domaine import frise_ecrite
from ateliers.calendrier.domaine.jours import (
    METROPOLE,
    cle_de_fond,
    feries_entre,
    mentions,
    nom_du_territoire,
    periodes_de_vacances,
)
from ateliers.calendrier.domaine.mois import decaler, mois_lu
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.phases import lire, phases
from candidatures.dispositifs.choix import GenreSeance
from socle.interface.templatetags.interface import date_courte, mois_long

ETENDUES = (6, 12, 18, 24, 36)
LARGEUR = 1000
TROP_PRES = 26
TONS = {
    "a_programmer": "estimee",
    "programmee": "prevue",
    "convoquee": "convoquee",
    "tenue": "tenue",
}
ETATS = {etat.value: str(etat.label) for etat in EtatSeance}
INITIALES = {
    GenreSeance.SENSIBILISATION: "S",
    GenreSeance.LANCEMENT: "L",
    GenreSeance.INTER_ATELIER: "i",
    GenreSeance.COPIL: "C",
    GenreSeance.RESTITUTION: "R",
}


@dataclass(frozen=True)
class Bande:
    """Already written: a decimal comma would break the page's style."""

    x: str
    largeur: str
    classe: str


@dataclass
class Ligne:
    """One atelier: its background, its phases, its séances and the dates it gave up."""

    atelier: object
    url: str
    fond: str
    phases: list = field(default_factory=list)
    points: list = field(default_factory=list)
    fantomes: list = field(default_factory=list)

    @property
    def vide(self) -> bool:
        return not self.points and not self.fantomes


@dataclass
class Frise:
    mois: list
    fonds: dict
    lignes: list
    aujourdhui: str
    periodes: list

    @property
    def fonds_ecrits(self) -> SafeString:
        return frise_ecrite.fonds(self.fonds)

    @property
    def lignes_ecrites(self) -> SafeString:
        return frise_ecrite.lignes(self)


class Echelle:
    def __init__(self, du: date, au: date):
        self.du, self.au = du, au
        self.jours = (au - du).days + 1

    def x(self, jour: date) -> float:
        return round(LARGEUR * min(max((jour - self.du).days, 0), self.jours) / self.jours, 1)

    def bande(self, debut: date, fin: date, classe: str) -> Bande | None:
        if fin < self.du or debut > self.au:
            return None
        x = self.x(debut)
        return Bande(f"{x:g}", f"{max(self.x(fin + timedelta(days=1)) - x, 1):.4g}", classe)

    def contient(self, jour: date) -> bool:
        return self.du <= jour <= self.au


def periode(parametres, seances, *, cadrer: bool) -> tuple[date, int]:
    """First month and number of months: chosen, or what holds these séances."""
    texte = parametres.get("etendue", "")
    etendue = int(texte) if texte.isdigit() and int(texte) in ETENDUES else 0
    debut = parametres.get("debut", "")
    aujourdhui = timezone.localdate().replace(day=1)
    if debut:
        return mois_lu(debut), etendue or 18
    if cadrer and seances:
        premier = min(s.du for s in seances).replace(day=1)
        dernier = max(s.au for s in seances)
        mois = (dernier.year - premier.year) * 12 + dernier.month - premier.month + 1
        return decaler(premier, -1), etendue or next((e for e in ETENDUES if e > mois), 36)
    return decaler(aujourdhui, -3), etendue or 18


def tracer(ateliers, seances, glissements, reserves, premier: date, etendue: int) -> Frise:
    echelle = Echelle(premier, decaler(premier, etendue) - timedelta(days=1))
    par_atelier, slips = defaultdict(list), defaultdict(list)
    for seance in seances:
        par_atelier[seance.atelier_id].append(seance)
    for glissement in glissements:
        slips[glissement.seance.atelier_id].append(glissement)
    fonds: dict[tuple, str] = {}
    adresse = reverse("ateliers:calendrier_atelier", args=["slug-modele"])
    lignes = []
    for atelier in ateliers:
        siennes = par_atelier[atelier.pk]
        marche = lire(atelier, siennes)
        _placer(siennes, marche)
        points = [_point(s, echelle, reserves) for s in siennes if echelle.contient(s.du)]
        points = _ecarter(points)
        ligne = Ligne(
            atelier,
            adresse.replace("slug-modele", atelier.slug),
            _fond(atelier, reserves, fonds),
            _phases(atelier, marche, echelle),
            points,
            _loger(_fantomes(slips[atelier.pk], echelle), points),
        )
        lignes.append(ligne)
    aujourdhui = timezone.localdate()
    return Frise(
        _mois(echelle, premier, etendue),
        {nom: _bandes(cle, echelle, reserves) for cle, nom in fonds.items()},
        lignes,
        f"{echelle.x(aujourdhui):g}" if echelle.contient(aujourdhui) else "",
        [_en_mots(cle, echelle, reserves) for cle in fonds],
    )


def _placer(seances, marche) -> None:
    """A séance without a date stands where the parcours puts it: never in a month that is over."""
    for seance in seances:
        if seance.estimee:
            place = marche.places[seance.pk]
            seance.depassee = place != seance.du
            seance.du = seance.au = place


def _mois(echelle, premier, etendue):
    lignes = []
    for rang in range(etendue):
        debut = decaler(premier, rang)
        annee = rang == 0 or debut.month == 1
        fin = decaler(premier, rang + 1) - timedelta(days=1)
        lignes.append((debut, echelle.bande(debut, fin, ""), annee, etendue <= 18 or rang % 3 == 0))
    return lignes


def _fond(atelier, reserves, fonds) -> str:
    """Two territories with the same holidays share one drawing."""
    codes = [d.code for d in atelier.departements] or [METROPOLE]
    siennes = tuple(rang for rang, r in enumerate(reserves) if r.concerne(codes))
    cle = (*cle_de_fond(codes), codes[0] if cle_de_fond(codes)[1] else METROPOLE, siennes)
    return fonds.setdefault(cle, f"fond-{len(fonds) + 1}")


def _bandes(cle, echelle, reserves) -> list[Bande]:
    zone, _, code, siennes = cle
    bandes = []
    if zone:
        for _, debut, fin in periodes_de_vacances(zone, echelle.du, echelle.au):
            bandes.append(echelle.bande(debut, fin, "vacances"))
    for rang in siennes:
        bandes.append(echelle.bande(reserves[rang].debut, reserves[rang].fin, "reserve"))
    for jour, _ in feries_entre(code, echelle.du, echelle.au):
        bandes.append(echelle.bande(jour, jour, "ferie"))
    return [b for b in bandes if b]


def _en_mots(cle, echelle, reserves) -> tuple[str, list[str]]:
    """The same bands for who does not see them: whose they are, then each with its days."""
    zone, _, code, siennes = cle
    lignes = []
    if zone:
        for nom, debut, fin in periodes_de_vacances(zone, echelle.du, echelle.au):
            lignes.append((debut, f"{nom}, {_du_au(debut, fin)}"))
    for rang in siennes:
        r = reserves[rang]
        if r.debut <= echelle.au and r.fin >= echelle.du:
            lignes.append((r.debut, f"Réserve électorale ({r.nom}), {_du_au(r.debut, r.fin)}"))
    for jour, nom in feries_entre(code, echelle.du, echelle.au):
        lignes.append((jour, f"{nom}, {date_courte(jour)}"))
    titre = f"Vacances de la zone {zone}" if zone else "Vacances scolaires non connues ici"
    territoire = nom_du_territoire(code)
    return f"{titre}{f', {territoire}' if territoire else ''}", [t for _, t in sorted(lignes)]


def _du_au(debut, fin) -> str:
    return date_courte(debut) if debut == fin else f"du {date_courte(debut)} au {date_courte(fin)}"


def _phases(atelier, marche, echelle) -> list[tuple[str, Bande, str]]:
    """The phases of the parcours, drawn."""
    traces = []
    for phase in phases(atelier, marche, getattr(atelier, "demarre_le", None)):
        bande = echelle.bande(phase.debut, phase.fin, phase.temps.name.lower())
        if bande:
            dite = phase.dite(presente=phase.temps == marche.present)
            traces.append((phase.nom, bande, f"{phase.nom}, {dite}"))
    return traces


def _point(seance, echelle, reserves) -> dict:
    signe = str(seance.rang) if seance.genre == GenreSeance.ATELIER else INITIALES[seance.genre]
    notes = [] if seance.estimee else mentions(seance, reserves)
    quand = date_courte(seance.du)
    if seance.estimee:
        mois = mois_long(seance.estime_le)
        quand = f"envisagée en {mois}, sans date" if seance.depassee else f"vers {mois}"
    if seance.au != seance.du:
        quand = f"{quand} au {date_courte(seance.au)}"
    return {
        "x": f"{echelle.x(seance.du):g}",
        "signe": signe,
        "etage": "milieu",
        "ton": TONS[seance.etat],
        "url": seance.url,
        "titre": seance.titre,
        "quand": quand,
        "etat": "à programmer" if seance.estimee else ETATS[seance.etat],
        "lieu": seance.lieu,
        "notes": ", ".join(notes),
    }


def _ecarter(points) -> list[dict]:
    """Neighbours that would cover each other go up and down in turn, and aside from three on."""
    derniers = {"haut": -LARGEUR, "bas": -LARGEUR}
    suite = sorted(points, key=lambda p: float(p["x"]))
    for point, suivant in zip_longest(suite, suite[1:]):
        x = float(point["x"])
        libre = x - max(derniers.values()) >= TROP_PRES
        if libre and (suivant is None or float(suivant["x"]) - x >= TROP_PRES):
            derniers = dict.fromkeys(derniers, x)
            continue
        point["etage"] = min(derniers, key=derniers.get)
        derniers[point["etage"]] = x = min(max(x, derniers[point["etage"]] + TROP_PRES), LARGEUR)
        point["x"] = f"{x:g}"
    return points


def _loger(fantomes, points) -> list[dict]:
    """A ghost stands beside the dots that would hide it."""
    for fantome in fantomes:
        x = float(fantome["x"])
        proches = [p for p in points if abs(float(p["x"]) - x) < TROP_PRES]
        for point in proches:
            if point["etage"] == "milieu":
                point["etage"] = "haut"
        pris = {p["etage"] for p in proches}
        fantome["etage"] = next((e for e in ("bas", "haut") if e not in pris), "milieu")
        if not proches:
            fantome["etage"] = "milieu"
    return fantomes


def _fantomes(glissements, echelle) -> list[dict]:
    """The date given up, tied to the one that took its place."""
    traces = []
    for g in glissements:
        ancien = g.ancien_local.date()
        nouveau = g.nouveau_debut.astimezone(g.seance.zone).date()
        if not echelle.contient(ancien):
            continue
        x, y = echelle.x(ancien), echelle.x(nouveau)
        titre = f"{g.seance.titre} : {date_courte(ancien)} abandonné, {g.motif}"
        largeur = f"{abs(y - x):.4g}"
        traces.append({"x": f"{x:g}", "de": f"{min(x, y):g}", "largeur": largeur, "titre": titre})
    return traces
