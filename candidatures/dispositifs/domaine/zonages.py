"""Lists of zonings and risks by commune: read a CSV, say what it would do, then do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, Max

from candidatures.dispositifs import journal
from candidatures.dispositifs.choix import NatureZonage
from candidatures.dispositifs.domaine.listes_csv import rangees
from candidatures.dispositifs.droits import peut_importer
from candidatures.dispositifs.models import Dispositif, Zonage
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.domaine import inscrire
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.models import Commune

COLONNES = ("zonage", "code_insee", "precision", "date")


@dataclass(frozen=True)
class ZonageLu:
    nature: NatureZonage
    commune: Commune
    precision: str
    date: date | None

    @property
    def cle(self) -> tuple:
        return self.nature.value, self.commune.pk, self.precision


@dataclass
class Rapport:
    lignes: list[ZonageLu] = field(default_factory=list)
    connues: int = 0
    remplacees: int = 0
    refus: list[str] = field(default_factory=list)

    @property
    def natures(self) -> set[str]:
        return {ligne.nature.value for ligne in self.lignes}


def lire(texte: str, *, remplacer: bool = False) -> Rapport:
    """Dry run. Codes of merged communes are read as their successor."""
    lues = rangees(texte, COLONNES)
    codes = {r["code_insee"].upper() for r in lues}
    suivants = successeurs(codes)
    communes = Commune.objects.in_bulk({suivants.get(c, c) for c in codes})
    deja = set()
    if not remplacer:
        deja = set(Zonage.objects.values_list("nature", "commune_id", "precision"))
    rapport = Rapport()
    for numero, rangee in enumerate(lues, start=2):
        code = rangee["code_insee"].upper()
        try:
            lu = _lire_rangee(rangee, communes.get(suivants.get(code, code)))
        except ValueError as erreur:
            rapport.refus.append(f"Ligne {numero} : {erreur}")
            continue
        if lu.cle in deja:
            rapport.connues += 1
            continue
        deja.add(lu.cle)
        rapport.lignes.append(lu)
    if remplacer:
        rapport.remplacees = Zonage.objects.filter(nature__in=rapport.natures).count()
    return rapport


def _lire_rangee(rangee: dict, commune: Commune | None) -> ZonageLu:
    nature = rangee["zonage"].lower()
    if nature not in NatureZonage.values:
        raise ValueError(f"le zonage «\u00a0{rangee['zonage']}\u00a0» n’est pas connu.")
    if commune is None:
        raise ValueError(f"« {rangee['code_insee']} » n’est pas une commune connue.")
    if len(rangee["precision"]) > 160:
        raise ValueError("la précision dépasse 160 caractères.")
    try:
        jour = date.fromisoformat(rangee["date"]) if rangee["date"] else None
    except ValueError:
        raise ValueError(f"la date « {rangee['date']} » ne s’écrit pas AAAA-MM-JJ.") from None
    return ZonageLu(NatureZonage(nature), commune, rangee["precision"], jour)


@transaction.atomic
def importer_zonages(*, texte: str, source: str, par, remplacer: bool = False) -> Rapport:
    """Write the new rows; the refused ones are left aside, as the report said.

    `remplacer`: the lists of the same natures give way to this file.
    """
    if not peut_importer(par):
        raise ActionInterdite("Les zonages et les risques sont importés par la DGALN.")
    rapport = lire(texte, remplacer=remplacer)
    if rapport.refus and not (rapport.lignes or rapport.connues):
        raise ErreurMetier("Aucune ligne de ce fichier ne peut être importée.")
    if remplacer:
        Zonage.objects.filter(nature__in=rapport.natures).delete()
    Zonage.objects.bulk_create(
        Zonage(
            nature=ligne.nature,
            commune=ligne.commune,
            precision=ligne.precision,
            date=ligne.date,
            source=source.strip(),
        )
        for ligne in rapport.lignes
    )
    dispositif = Dispositif.objects.order_by("pk").first()
    if rapport.lignes and dispositif:
        inscrire(
            journal.ZONAGES_IMPORTES,
            objet=dispositif,
            par=par,
            nombre=len(rapport.lignes),
            source=source.strip(),
        )
    return rapport


def zonages_touchant(codes: Iterable[str]) -> list[Zonage]:
    """Those of these communes."""
    return list(
        Zonage.objects.filter(commune__in=set(codes))
        .select_related("commune")
        .order_by("nature", "commune__nom", "pk")
    )


def zonages_comptes() -> list[dict]:
    """Each nature: its communes, its sources, the day of its last import; empty ones included."""
    comptes = {
        ligne["nature"]: ligne
        for ligne in Zonage.objects.order_by()
        .values("nature")
        .annotate(
            communes=Count("commune", distinct=True),
            le=Max("importe_le"),
            sources=ArrayAgg("source", distinct=True),
        )
    }
    vide = {"communes": 0, "le": None, "sources": []}
    return [
        {"code": n.value, "nom": n.label, **{c: comptes.get(n.value, vide)[c] for c in vide}}
        for n in NatureZonage
    ]
