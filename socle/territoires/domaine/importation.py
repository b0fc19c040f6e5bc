"""Load the committed découpage. Running it twice changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from pathlib import Path

from django.db import transaction

from socle.erreurs import ErreurMetier
from socle.territoires.choix import FUSEAU_HEXAGONE, FUSEAUX, NatureEpci
from socle.territoires.domaine import contours_communes, mouvements, perimetres
from socle.territoires.domaine.millesimes import (
    FICHIER,
    lire_cog,
    lire_fichier,
    millesime_courant,
)
from socle.territoires.models import Commune, Departement, Epci, Millesime, Region
from socle.territoires.texte import developper

FICHIER_DEMONSTRATION = FICHIER.parent / "demonstration-2027.json"
LOT = 5000
SOURCE = "Insee, code officiel géographique ; DGCL ; La Poste (Licence Ouverte 2.0)"
CHAMPS_COMMUNE = [
    "nom",
    "nom_recherche",
    "departement",
    "epci",
    "population",
    "codes_postaux",
    "siren",
    "actif",
]


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


def _lier_departements(epcis: Collection[str]) -> None:
    """An EPCI touches the départements of its communes in force."""
    voulus = set(
        Commune.objects.filter(epci__in=epcis, actif=True)
        .order_by()
        .values_list("epci_id", "departement_id")
        .distinct()
    )
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
            siren=siren,
        )
        for code, nom, departement, epci, population, postaux, siren in lignes
    ]


@transaction.atomic
def importer(
    departements: Collection[str] = (), *, fichier: Path | None = None, millesime: int | None = None
) -> dict[str, int]:
    """Upsert everything, or only what these départements hold (their EPCI come whole).

    What left the official list is kept, ended and succeeded (`mouvements` of the file), because
    past perimeters still refer to it. A file may be `differentiel`: it lists only what changes.
    A vintage older than the one in force gives an empty result: nothing goes back.
    """
    cog = lire_fichier(fichier) if fichier else lire_cog()
    if millesime and cog["millesime"] != millesime:
        raise ErreurMetier(f"Le fichier porte le millésime {cog['millesime']}, et non {millesime}.")
    if cog["millesime"] < millesime_courant():
        return {}
    communes = cog["communes"]
    if departements:
        gardes = {c[3] for c in communes if c[2] in departements and c[3]}
        communes = [c for c in communes if c[2] in departements or c[3] in gardes]
    codes_epci = {c[3] for c in communes if c[3]}
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
            _epcis(cog["epcis"], codes_epci, _populations(communes)),
            ["nom", "nature", "nom_recherche", "population", "actif"],
        ),
    }
    connues = set(Commune.objects.values_list("code", flat=True))
    mouvements.reprendre_retablies(communes)
    compte["communes"] = _ecrire(Commune, _communes(communes), CHAMPS_COMMUNE)
    _dater(cog, connues, cog.get("source", SOURCE) if fichier else SOURCE)
    if not departements:
        compte |= _clore(cog, codes_epci)
    _lier_departements(codes_epci)
    return compte


def _populations(communes) -> Counter:
    populations = Counter()
    for _, _, _, epci, population, *_ in communes:
        populations[epci] += population
    return populations


def _dater(cog: dict, connues: set[str], source: str) -> None:
    """Note the vintage; a commune first met after the first load began with this vintage."""
    annee = cog["millesime"]
    premiere = not Millesime.objects.exclude(annee=annee).exists()
    Millesime.objects.get_or_create(annee=annee, defaults={"source": source[:200]})
    if not premiere and connues:
        nouvelles = [c[0] for c in cog["communes"] if c[0] not in connues]
        Commune.objects.filter(code__in=nouvelles, depuis=None).update(depuis=date(annee, 1, 1))


def _clore(cog: dict, codes_epci: set[str]) -> dict[str, int]:
    """End what the file no longer lists, or what its movements end when it is differential."""
    listees = [c[0] for c in cog["communes"]]
    disparues = Commune.objects.filter(actif=True).exclude(code__in=listees)
    if cog.get("differentiel"):
        disparues = disparues.filter(code__in=mouvements.absorbees(cog["mouvements"]))
    else:
        Epci.objects.exclude(code__in=codes_epci).update(actif=False)
    compte = mouvements.appliquer(cog.get("mouvements", []), list(disparues), cog["millesime"])
    perimetres.suivre_les_successeurs()
    contours_communes.retirer_les_perimes()
    return {nom: nombre for nom, nombre in compte.items() if nombre}
