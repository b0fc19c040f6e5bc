"""What is known of the territory of a candidature: overlaps, and the sheet frozen at deposit.

Only facts that the product holds, each with its source. Two surfaces: that of the outline drawn by
the carriers, and that of the communes, as far as their outlines are held. No density otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import prefetch_related_objects

from candidatures.dispositifs.domaine.programmes import laureats_touchant
from candidatures.dispositifs.domaine.zonages import zonages_touchant
from candidatures.dossiers.choix import EtatCandidature, Programme
from candidatures.dossiers.domaine.emprises import emprise
from candidatures.dossiers.models import Candidature
from socle.interface.templatetags.interface import date_courte
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.domaine.surfaces import arrondi, faits_de_surface
from socle.territoires.models import Millesime

SOURCE_COG = "Insee, code officiel géographique ; DGCL"
SOURCE_DECLAREE = "déclaré par les porteurs"


@dataclass(frozen=True)
class Recoupement:
    """One programme: what the list says, what the carriers say, and whether they agree."""

    code: str
    nom: str
    territoires: tuple[str, ...]
    source: str
    declare: bool

    @property
    def constat(self) -> str:
        if self.territoires and self.declare:
            return "Déclaré, et dans la liste"
        if self.territoires:
            return "Dans la liste, non déclaré"
        return "Déclaré, absent de la liste"

    @property
    def ton(self) -> str:
        if self.territoires and self.declare:
            return "info"
        return "warning"


def laureats(candidature: Candidature) -> list:
    return _laureats_et_listes(candidature)[0]


def _laureats_et_listes(candidature: Candidature) -> tuple[list, list[str]]:
    """Read once per request: kept on the instance."""
    if not hasattr(candidature, "_laureats_touchant"):
        perimetre = candidature.perimetre
        candidature._laureats_touchant = (
            laureats_touchant(communes_lues(perimetre).codes, [e.pk for e in perimetre.epcis.all()])
            if perimetre
            else ([], [])
        )
    return candidature._laureats_touchant


def recoupements(fiche: dict | None) -> list[Recoupement]:
    """Pure, from a sheet: programmes of the lists and programmes declared, side by side. A
    declared programme whose list was never imported can be compared to nothing: left out."""
    if not fiche:
        return []
    par_programme: dict[str, list] = {}
    for ligne in fiche["programmes"]:
        par_programme.setdefault(ligne["code"], []).append(ligne)
    declares = {p["code"]: p["nom"] for p in fiche["programmes_declares"]}
    noms = declares | {code: lignes[0]["nom"] for code, lignes in par_programme.items()}
    codes = par_programme.keys() | (declares.keys() & set(fiche["listes"]))
    return [
        Recoupement(
            code=code,
            nom=noms[code],
            territoires=tuple(_designation(ligne) for ligne in par_programme.get(code, [])),
            source=next((ligne["source"] for ligne in par_programme.get(code, [])), ""),
            declare=code in declares,
        )
        for code in sorted(codes, key=lambda c: noms[c])
    ]


def zonages_groupes(fiche: dict | None) -> list[dict]:
    """Pure, from a sheet: each zoning once, with its communes in words and its sources."""
    groupes: dict[str, dict] = {}
    for z in (fiche or {}).get("zonages", []):
        detail = ", ".join(t for t in (z["precision"], z["date"] and _jour(z["date"])) if t)
        groupe = groupes.setdefault(z["nom"], {"nom": z["nom"], "communes": [], "sources": []})
        groupe["communes"].append(z["commune"] + (f" ({detail})" if detail else ""))
        if z["source"] not in groupe["sources"]:
            groupe["sources"].append(z["source"])
    return list(groupes.values())


def _jour(texte: str) -> str:
    return date_courte(date.fromisoformat(texte))


def _designation(ligne: dict) -> str:
    return ligne["territoire"] + (f", {ligne['annee']}" if ligne["annee"] else "")


def accompagnements(candidature: Candidature) -> list[str]:
    """Ateliers granted on a part of this territory, read once per request."""
    if not hasattr(candidature, "_accompagnements"):
        candidature._accompagnements = _accompagnements(candidature)
    return candidature._accompagnements


def _accompagnements(candidature: Candidature) -> list[str]:
    """Named by what they share with it."""
    perimetre = candidature.perimetre
    if perimetre is None or not perimetre.couverture:
        return []
    retenues = (
        Candidature.objects.filter(
            etat=EtatCandidature.RETENUE, perimetre__couverture__overlap=perimetre.couverture
        )
        .exclude(pk=candidature.pk)
        .select_related("perimetre", "appel__dispositif")
        .only("reference", "deposee_le", "perimetre__couverture", "appel__dispositif__nom")
        .order_by("pk")
    )
    noms = {c.pk: c.nom for c in communes_lues(perimetre).communes}
    textes = []
    for autre in retenues:
        partagees = sorted(noms[c] for c in set(autre.perimetre.couverture) & noms.keys())
        ou = ", ".join(partagees[:3]) + ("…" if len(partagees) > 3 else "")
        quand = f"{autre.reference}, retenue, déposée en {autre.deposee_le.year}"
        textes.append(f"{autre.appel.dispositif.nom} ({ou}\u00a0; {quand})")
    return textes


def _zonages(perimetre) -> list[dict]:
    return [
        {
            "nature": z.nature,
            "nom": z.get_nature_display(),
            "commune": z.commune.nom,
            "code": z.commune_id,
            "precision": z.precision,
            "date": z.date.isoformat() if z.date else "",
            "source": z.source,
        }
        for z in zonages_touchant(communes_lues(perimetre).codes)
    ]


def _programmes(touchant: list) -> list[dict]:
    return [
        {
            "code": ligne.programme_id,
            "nom": ligne.programme.nom,
            "territoire": str(ligne.territoire),
            "annee": ligne.annee,
            "source": ligne.source,
        }
        for ligne in touchant
    ]


def _source(candidature: Candidature) -> str:
    """Read with the dossier (`requetes.pour_dossier`), else now."""
    if not hasattr(candidature, "source_millesime"):
        lues = Millesime.objects.filter(pk=candidature.perimetre.millesime)
        candidature.source_millesime = lues.values_list("source", flat=True).first()
    return candidature.source_millesime or SOURCE_COG


def fiche_territoire(candidature: Candidature) -> dict | None:
    """Plain data in a fixed order, for `VersionNote.contenu` and for the page before deposit."""
    perimetre = candidature.perimetre
    if perimetre is None:
        return None
    departements = sorted(perimetre.departements.all(), key=attrgetter("pk"))
    prefetch_related_objects(departements, "region")
    touchant, listes = _laureats_et_listes(candidature)
    return {
        "millesime": perimetre.millesime,
        "source": _source(candidature),
        "population": perimetre.population,
        "communes": [
            {
                "code": c.code,
                "nom": c.nom,
                "population": c.population,
                "surface_km2": arrondi(c.surface_km2),
            }
            for c in sorted(communes_lues(perimetre).communes, key=attrgetter("pk"))
        ],
        "epcis": [
            {
                "code": e.code,
                "nom": e.nom,
                "nature": e.get_nature_display(),
                "population": e.population,
            }
            for e in sorted(perimetre.epcis.all(), key=attrgetter("pk"))
        ],
        "departements": [{"code": d.pk, "nom": d.nom} for d in departements],
        "regions": [
            {"code": code, "nom": nom}
            for code, nom in sorted({(d.region_id, d.region.nom) for d in departements})
        ],
        "surface_ha": emprise(candidature).surface_ha,
        **faits_de_surface(perimetre),
        "zonages": _zonages(perimetre),
        "planification": [
            {
                "nature": s.get_nature_display(),
                "intitule": s.intitule,
                "etat": s.get_etat_display(),
                "annee": s.annee,
                "source": SOURCE_DECLAREE,
            }
            for s in sorted(candidature.schemas.all(), key=attrgetter("pk"))
        ],
        "programmes": _programmes(touchant),
        "listes": listes,
        "programmes_declares": [
            {"code": p, "nom": Programme(p).label, "source": SOURCE_DECLAREE}
            for p in candidature.programmes
        ],
    }
