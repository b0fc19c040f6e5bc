"""Load the committed découpage. Running it twice changes nothing."""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from socle.territoires.choix import FUSEAU_HEXAGONE, FUSEAUX, NatureEpci
from socle.territoires.models import Commune, Departement, Epci, Region
from socle.territoires.texte import developper

FICHIER = Path(__file__).resolve().parent.parent / "donnees" / "cog.json.gz"
LOT = 5000


@lru_cache(maxsize=1)
def lire_cog() -> dict:
    return json.loads(gzip.decompress(FICHIER.read_bytes()))


def millesime_courant() -> int:
    return lire_cog()["millesime"]


def _ecrire(modele, lignes: list, champs: list[str]) -> int:
    modele.objects.bulk_create(
        lignes,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=champs,
    )
    return len(lignes)


def _nom_recherche_epci(nom: str, nature: str) -> str:
    """The name without its « CC » first, then the nature, so that both can be typed."""
    debut = f"{nature} " if nom.startswith(f"{nature} ") else ""
    libelle = NatureEpci(nature).label
    return developper(f"{nom.removeprefix(debut)} {debut} {libelle}")


def _lier_departements(epcis: Collection[str], communes: list[list]) -> None:
    voulus = {(epci, dept) for _, _, dept, epci, _, _ in communes if epci}
    lien = Epci.departements.through
    presents = set(lien.objects.filter(epci_id__in=epcis).values_list("epci_id", "departement_id"))
    lien.objects.bulk_create(
        [lien(epci_id=e, departement_id=d) for e, d in sorted(voulus - presents)], batch_size=LOT
    )
    perimes: dict[str, list[str]] = defaultdict(list)
    for epci, dept in sorted(presents - voulus):
        perimes[epci].append(dept)
    for epci, depts in perimes.items():
        lien.objects.filter(epci_id=epci, departement_id__in=depts).delete()


def _epcis(lignes, codes, populations) -> list[Epci]:
    return [
        Epci(
            code=code,
            nom=nom,
            nature=nature,
            nom_recherche=_nom_recherche_epci(nom, nature),
            population=populations[code],
        )
        for code, nom, nature in lignes
        if code in codes
    ]


def _communes(lignes) -> list[Commune]:
    return [
        Commune(
            code=code,
            nom=nom,
            nom_recherche=developper(nom),
            departement_id=departement,
            epci_id=epci or None,
            population=population,
            codes_postaux=postaux.split(),
        )
        for code, nom, departement, epci, population, postaux in lignes
    ]


@transaction.atomic
def importer(departements: Collection[str] = ()) -> dict[str, int]:
    """Upsert everything, or only what these départements hold (their EPCI come whole).

    What left the official list is kept and marked, because past perimeters still refer to it.
    """
    cog = lire_cog()
    communes = cog["communes"]
    if departements:
        gardes = {epci for _, _, dept, epci, _, _ in communes if dept in departements and epci}
        communes = [c for c in communes if c[2] in departements or c[3] in gardes]
    codes_epci = {c[3] for c in communes if c[3]}
    populations = Counter()
    for _, _, _, epci, population, _ in communes:
        populations[epci] += population

    compte = {
        "régions": _ecrire(Region, [Region(code=c, nom=n) for c, n in cog["regions"]], ["nom"]),
        "départements": _ecrire(
            Departement,
            [
                Departement(code=c, nom=n, region_id=r, fuseau=FUSEAUX.get(c, FUSEAU_HEXAGONE))
                for c, n, r in cog["departements"]
            ],
            ["nom", "region", "fuseau"],
        ),
        "EPCI": _ecrire(
            Epci,
            _epcis(cog["epcis"], codes_epci, populations),
            ["nom", "nature", "nom_recherche", "population", "actif"],
        ),
        "communes": _ecrire(
            Commune,
            _communes(communes),
            ["nom", "nom_recherche", "departement", "epci", "population", "codes_postaux", "actif"],
        ),
    }
    _lier_departements(codes_epci, communes)
    if not departements:
        Commune.objects.exclude(code__in=[c[0] for c in communes]).update(actif=False)
        Epci.objects.exclude(code__in=codes_epci).update(actif=False)
    return compte
