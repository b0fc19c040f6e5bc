"""Days that matter: public holidays, school holidays, electoral reserve. Kept by period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ateliers.calendrier.models import PeriodeReserve
from ateliers.calendrier.solveur.geographie import SUBDIVISIONS, ZONES, ferie, feries, vacances

UN_JOUR = timedelta(days=1)
METROPOLE = "75"
TERRITOIRES = {
    "57": "Alsace-Moselle",
    "6AE": "Alsace-Moselle",
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "PM": "Saint-Pierre-et-Miquelon",
    "976": "Mayotte",
    "BL": "Saint-Barthélemy",
    "MF": "Saint-Martin",
    "TF": "Terres australes",
    "WF": "Wallis-et-Futuna",
    "PF": "Polynésie française",
    "NC": "Nouvelle-Calédonie",
}


@dataclass(frozen=True)
class Reserve:
    nom: str
    debut: date
    fin: date
    codes: frozenset[str]

    def concerne(self, codes) -> bool:
        return not self.codes or bool(self.codes & set(codes))


def reserves() -> list[Reserve]:
    return [
        Reserve(p.nom, p.debut, p.fin, frozenset(d.code for d in p.departements.all()))
        for p in PeriodeReserve.objects.prefetch_related("departements")
    ]


@lru_cache(maxsize=64)
def periodes_de_vacances(zone: str, du: date, au: date) -> tuple[tuple[str, date, date], ...]:
    """(name, first day, last day) for a school zone."""
    temoin = next((code for code, z in ZONES.items() if z == zone), "")
    trouvees: list[list] = []
    jour = du
    while jour <= au:
        nom = vacances(temoin, jour)
        if nom and trouvees and trouvees[-1][0] == nom and trouvees[-1][2] == jour - UN_JOUR:
            trouvees[-1][2] = jour
        elif nom:
            trouvees.append([nom, jour, jour])
        jour += UN_JOUR
    return tuple((nom, debut, fin) for nom, debut, fin in trouvees)


def cle_de_fond(codes) -> tuple[str, str]:
    """(school zone, subdivision for public holidays): what two territories may share."""
    code = codes[0] if codes else METROPOLE
    return ZONES.get(code, ""), SUBDIVISIONS.get(code, "")


def nom_du_territoire(code: str) -> str:
    """Of a territory that has public holidays of its own."""
    return TERRITOIRES.get(SUBDIVISIONS.get(code, ""), "")


def feries_dits(codes, du: date, au: date) -> dict[date, str]:
    """The country's, and those of these territories alone, named."""
    dits = dict(feries_entre(METROPOLE, du, au))
    locaux: dict[tuple, set] = {}
    for code in codes:
        for jour, nom in feries_entre(code, du, au):
            if jour not in dits and nom_du_territoire(code):
                locaux.setdefault((jour, nom), set()).add(nom_du_territoire(code))
    for (jour, nom), lieux in sorted(locaux.items()):
        dit = f"{nom} ({', '.join(sorted(lieux))})"
        dits[jour] = f"{dits[jour]} ; {dit}" if jour in dits else dit
    return dits


def feries_entre(code: str, du: date, au: date) -> list[tuple[date, str]]:
    jours = [
        (jour, nom)
        for annee in range(du.year, au.year + 1)
        for jour, nom in feries(code, annee).items()
        if du <= jour <= au
    ]
    return sorted(jours)


def mentions(seance, reserves_lues) -> list[str]:
    """What to know of the days of this séance, where it is held."""
    codes = [d.code for d in seance.atelier.departements] or [METROPOLE]
    lignes, jour = [], seance.du
    while jour <= seance.au:
        if nom := ferie(codes[0], jour):
            lignes.append(f"jour férié ({nom})")
        jour += UN_JOUR
    if vacances(codes[0], seance.du) or vacances(codes[0], seance.au):
        lignes.append("vacances scolaires")
    lignes += [
        f"réserve électorale ({r.nom})"
        for r in reserves_lues
        if r.concerne(codes) and r.debut <= seance.au and r.fin >= seance.du
    ]
    return lignes
