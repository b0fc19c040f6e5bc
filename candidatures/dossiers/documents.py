"""PDF of this room: the accusé de dépôt, with the hash of what was deposited."""

from dataclasses import asdict
from datetime import date

from django.utils import timezone

from candidatures.appels.choix import Verdict
from candidatures.dossiers.droits import visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.dossiers.parties_figees import nom_porteur, parties, visa_dit
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.francais import du
from socle.interface.templatetags.interface import date_courte, date_longue
from socle.territoires.domaine.contours_communes import CREDIT
from socle.territoires.domaine.recouvrement import communes_a_dessiner, fonds
from socle.territoires.domaine.surfaces import surface_lisible
from socle.territoires.domaine.traces import depuis_geojson, dessiner

ACCUSE = "candidature_accuse"


class PieceAccusee(ContexteFige):
    libelle: str
    nom: str
    taille: int
    sha256: str


class SectionAccusee(ContexteFige):
    titre: str
    texte: str


class ReponseAccusee(ContexteFige):
    libelle: str
    valeur: str


class LigneAccusee(ContexteFige):
    libelle: str
    texte: str


class PartieAccusee(ContexteFige):
    titre: str
    lignes: list[LigneAccusee]


class FicheAccusee(ContexteFige):
    """The territory sheet, as sentences."""

    millesime: int
    source: str
    communes: int
    epcis: list[str]
    regions: list[str]
    planification: list[str]
    programmes: list[str]
    surface: str = ""
    densite: str = ""
    source_surface: str = ""


class EmpriseAccusee(ContexteFige):
    """The outline and the parcels, as they were frozen."""

    vue: str = ""
    trace: str = ""
    fonds: list[str] = []
    surface_ha: float | None = None
    departements: list[str] = []
    parcelles: list[str] = []
    surface_parcelles: str = ""
    credit: str = ""


class RegleAccusee(ContexteFige):
    libelle: str
    version: int
    verdict: str
    pourquoi: str


class ContexteAccuse(ContexteFige):
    reference: str
    titre: str
    dispositif: str
    appel: str
    service_pilote: str
    porteurs: list[str]
    perimetre: str
    departements: list[str]
    population: int
    version: int
    version_dite: str = ""
    sha256: str
    figee_le: str
    figee_le_texte: str
    deposee_par: str
    mandats: list[str] = []
    visas: list[str] = []
    visas_absents: list[str] = []
    parties: list[PartieAccusee] = []
    sections: list[SectionAccusee] = []  # receipts asked for before `parties`
    reponses: list[ReponseAccusee] = []
    pieces: list[PieceAccusee]
    fiche: FicheAccusee | None = None
    regles: list[RegleAccusee] = []
    emprise: EmpriseAccusee | None = None
    zonages: list[str] = []


def _fiche(fiche: dict | None) -> FicheAccusee | None:
    if not fiche:
        return None
    return FicheAccusee(
        millesime=fiche["millesime"],
        source=fiche["source"],
        communes=len(fiche["communes"]),
        epcis=[e["nom"] for e in fiche["epcis"]],
        regions=[r["nom"] for r in fiche["regions"]],
        planification=[f"{s['nature']}\u00a0: {s['intitule']}" for s in fiche["planification"]],
        programmes=[
            f"{p['nom']}\u00a0: {p['territoire']} ({p['source']})" for p in fiche["programmes"]
        ],
        **surface_lisible(fiche),
    )


def _emprise(lue: dict | None) -> EmpriseAccusee | None:
    if not lue:
        return None
    codes = [d["code"] for d in lue["departements"]]
    proches = communes_a_dessiner(depuis_geojson(lue["trace"]))
    dessin = dessiner(lue["trace"], codes, fonds(proches)) if lue["trace"] else None
    return EmpriseAccusee(
        vue=dessin.vue if dessin else "",
        trace=dessin.trace if dessin else "",
        fonds=list(dessin.fonds) if dessin else [],
        surface_ha=lue["surface_ha"],
        departements=[f"{d['nom']} ({d['code']})" for d in lue["departements"]],
        parcelles=[
            f"{p['commune']}, {p['prefixe']} {p['section']} {p['numero']}" for p in lue["parcelles"]
        ],
        credit=f"Contours simplifiés\u00a0: {CREDIT}." if proches else "",
        surface_parcelles=lue.get("surface_parcelles", ""),
    )


def _zonages(fiche: dict | None) -> list[str]:
    return [
        f"{z['nom']}\u00a0: {z['commune']}"
        + (f", {z['precision']}" if z["precision"] else "")
        + f" ({z['source']})"
        for z in (fiche or {}).get("zonages", [])
    ]


def _regles(lignes: list[dict]) -> list[RegleAccusee]:
    return [
        RegleAccusee(
            libelle=ligne["libelle"],
            version=ligne["version"],
            verdict=Verdict(ligne["verdict"]).label,
            pourquoi=ligne["pourquoi"],
        )
        for ligne in lignes
    ]


def _jour(iso: str) -> str:
    return date_courte(date.fromisoformat(iso))


def contexte_accuse(candidature: Candidature) -> ContexteAccuse:
    version = candidature.versions.order_by("-numero").first()
    contenu = version.contenu
    return ContexteAccuse(
        reference=candidature.reference,
        titre=contenu["titre"],
        dispositif=contenu["dispositif"]["nom"],
        appel=contenu["appel"]["titre"],
        service_pilote=contenu["service_pilote"]["nom"],
        porteurs=[nom_porteur(p) for p in contenu["porteurs"]],
        perimetre=contenu["perimetre"]["nom"],
        departements=[f"{d['nom']} ({d['code']})" for d in contenu["perimetre"]["departements"]],
        population=contenu["perimetre"]["population"],
        version=version.numero,
        version_dite=f"version {version.numero}",
        sha256=version.sha256,
        figee_le=timezone.localtime(version.figee_le).isoformat(),
        figee_le_texte=date_longue(version.figee_le),
        deposee_par=version.figee_par.nom_complet if version.figee_par else "",
        mandats=[
            f"{du(m['mandant'])}, par mandat signé le {_jour(m['signe_le'])}"
            for m in contenu.get("mandats", [])
        ],
        visas=[visa_dit(v) for v in contenu.get("visas", [])],
        visas_absents=contenu.get("visas_absents", []),
        parties=[PartieAccusee(**asdict(partie)) for partie in parties(contenu)],
        pieces=[
            PieceAccusee(libelle=p["libelle"], nom=p["nom"], taille=p["taille"], sha256=p["sha256"])
            for p in contenu["pieces"]
        ],
        fiche=_fiche(contenu.get("fiche_territoire")),
        regles=_regles(contenu.get("eligibilite", [])),
        emprise=_emprise(contenu.get("emprise")),
        zonages=_zonages(contenu.get("fiche_territoire")),
    )


def _visible(utilisateur, candidature) -> bool:
    return visibles_par(utilisateur).filter(pk=candidature.pk).exists()


declarer(
    DeclarationDocument(
        cle=ACCUSE,
        titre="Accusé de dépôt de candidature",
        precision="version_dite",
        gabarit="documents/candidature_accuse.html",
        feuilles_style=("documents/candidature_accuse.css",),
        modele=ContexteAccuse,
        contexte=contexte_accuse,
        visible=_visible,
        charger=lambda identifiant: Candidature.objects.get(pk=identifiant),
        nom_fichier=lambda candidature: f"accuse-depot-{candidature.reference}.pdf",
    )
)
