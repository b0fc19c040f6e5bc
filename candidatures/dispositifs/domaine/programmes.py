"""Lists of other State programmes: read a CSV, say what it would do, then do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Case, Count, Min, Q, When

from candidatures.dispositifs import journal
from candidatures.dispositifs.domaine.listes_csv import rangees
from candidatures.dispositifs.droits import peut_importer
from candidatures.dispositifs.models import LaureatProgramme, ProgrammeEtat
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.domaine import inscrire
from socle.territoires.domaine.mouvements import successeurs
from socle.territoires.models import Commune, Epci

COLONNES = ("programme", "code_insee_ou_siren", "annee")
ANNEES = range(2000, 2101)


@dataclass(frozen=True)
class LigneLue:
    numero: int
    programme: ProgrammeEtat
    territoire: Commune | Epci
    annee: int | None
    nouvelle: bool


@dataclass
class Rapport:
    """What the file holds: rows to write, rows known already, and refusals as sentences."""

    lignes: list[LigneLue] = field(default_factory=list)
    refus: list[str] = field(default_factory=list)

    @property
    def nouvelles(self) -> list[LigneLue]:
        return [ligne for ligne in self.lignes if ligne.nouvelle]

    @property
    def connues(self) -> int:
        return len(self.lignes) - len(self.nouvelles)


def lire(texte: str) -> Rapport:
    """Dry run: nothing is written. Codes of merged communes are read as their successor."""
    lues = rangees(texte, COLONNES)
    codes = {r["code_insee_ou_siren"].upper() for r in lues}
    suivants = successeurs({c for c in codes if len(c) == 5})
    communes = Commune.objects.in_bulk({suivants.get(c, c) for c in codes if len(c) == 5})
    epcis = Epci.objects.in_bulk({c for c in codes if len(c) == 9})
    programmes = ProgrammeEtat.objects.in_bulk()
    deja = set(LaureatProgramme.objects.values_list("programme_id", "commune_id", "epci_id"))
    rapport = Rapport()
    for numero, rangee in enumerate(lues, start=2):
        code = rangee["code_insee_ou_siren"].upper()
        territoire = communes.get(suivants.get(code, code)) or epcis.get(code)
        programme = programmes.get(rangee["programme"].lower())
        if refus := _refus(rangee, programme, territoire):
            rapport.refus.append(f"Ligne {numero} : {refus}")
            continue
        cle = _cle(programme, territoire)
        annee = int(rangee["annee"]) if rangee["annee"] else None
        rapport.lignes.append(LigneLue(numero, programme, territoire, annee, cle not in deja))
        deja.add(cle)
    return rapport


def _cle(programme, territoire) -> tuple:
    est_commune = isinstance(territoire, Commune)
    return (
        programme.pk,
        territoire.pk if est_commune else None,
        None if est_commune else territoire.pk,
    )


def _refus(rangee: dict, programme, territoire) -> str:
    if programme is None:
        return f"le programme « {rangee['programme']} » n’est pas connu."
    if territoire is None:
        return f"« {rangee['code_insee_ou_siren']} » n’est ni une commune ni un EPCI connus."
    annee = rangee["annee"]
    if annee and not (annee.isdecimal() and int(annee) in ANNEES):
        return f"l’année « {annee} » n’est pas plausible."
    return ""


@transaction.atomic
def importer_laureats(*, texte: str, source: str, par) -> Rapport:
    """Write the new rows of the file; the refused ones are left aside, as the report said."""
    if not peut_importer(par):
        raise ActionInterdite("Les listes de programmes sont importées par la DGALN.")
    rapport = lire(texte)
    if rapport.refus and not rapport.lignes:
        raise ErreurMetier("Aucune ligne de ce fichier ne peut être importée.")
    LaureatProgramme.objects.bulk_create(
        LaureatProgramme(
            programme=ligne.programme,
            commune=ligne.territoire if isinstance(ligne.territoire, Commune) else None,
            epci=ligne.territoire if isinstance(ligne.territoire, Epci) else None,
            annee=ligne.annee,
            source=source.strip(),
        )
        for ligne in rapport.nouvelles
    )
    for programme in {ligne.programme for ligne in rapport.nouvelles}:
        inscrire(
            journal.LAUREATS_IMPORTES,
            objet=programme,
            par=par,
            nombre=sum(1 for ligne in rapport.nouvelles if ligne.programme == programme),
            source=source.strip(),
        )
    return rapport


def laureats_touchant(
    codes: Iterable[str], epcis: Iterable[str]
) -> tuple[list[LaureatProgramme], list[str]]:
    """Beneficiaries among these communes, these EPCI, or the EPCI that one of the communes belongs
    to; and the programmes whose list was imported. One row of each list comes along, so that one
    query says both."""
    codes = set(codes)
    appartenances = Commune.objects.filter(code__in=codes, epci__isnull=False).values("epci")
    touche = Q(commune__in=codes) | Q(epci__in=list(epcis)) | Q(epci__in=appartenances)
    temoins = LaureatProgramme.objects.order_by().values("programme_id").annotate(un=Min("pk"))
    lus = list(
        LaureatProgramme.objects.filter(touche | Q(pk__in=temoins.values("un")))
        .annotate(touche=Case(When(touche, then=True), default=False))
        .select_related("programme", "commune", "epci")
        .order_by("programme__nom", "commune__nom", "epci__nom")
    )
    return [x for x in lus if x.touche], sorted({x.programme_id for x in lus})


def programmes_comptes():
    return ProgrammeEtat.objects.annotate(
        communes=Count("laureats__commune"), epcis=Count("laureats__epci")
    ).order_by("nom")
