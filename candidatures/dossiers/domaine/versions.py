"""Freeze the whole dossier: canonical JSON and its SHA-256."""

from __future__ import annotations

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from candidatures.dossiers.choix import EtatAnalyse, Programme
from candidatures.dossiers.domaine import emprises
from candidatures.dossiers.domaine.eligibilite import resultats
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.reponses import lisibles
from candidatures.dossiers.domaine.territoire import fiche_territoire
from candidatures.dossiers.domaine.texte_vise import perimes
from candidatures.dossiers.domaine.visas_absents import visas_absents
from candidatures.dossiers.models import Candidature, VersionNote


def empreinte(contenu: dict) -> str:
    canonique = json.dumps(contenu, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonique.encode()).hexdigest()


def _organisme(organisme) -> dict:
    return {"id": organisme.pk, "nom": organisme.nom, "nature": organisme.nature}


def _perimetre(perimetre) -> dict | None:
    if perimetre is None:
        return None
    return {
        "nom": perimetre.nom,
        "millesime": perimetre.millesime,
        "population": perimetre.population,
        "communes": [{"code": c.pk, "nom": c.nom} for c in perimetre.communes.order_by("code")],
        "epcis": [{"code": e.pk, "nom": e.nom} for e in perimetre.epcis.order_by("code")],
        "zones": [{"nom": z.nom, "departement": z.departement_id} for z in perimetre.zones.all()],
        "departements": [
            {"code": d.pk, "nom": d.nom} for d in perimetre.departements.order_by("code")
        ],
    }


def _pieces(candidature) -> list[dict]:
    pieces = candidature.pieces.filter(active=True).select_related("piece_requise").order_by("pk")
    return [
        {
            "libelle": p.piece_requise.libelle if p.piece_requise else "Autre pièce",
            "nom": p.nom,
            "mime": p.mime,
            "taille": p.taille,
            "sha256": p.sha256,
        }
        for p in pieces
    ]


def _visas(candidature) -> list[dict]:
    """Each with its day, and whether the dossier changed after it."""
    visas = list(candidature.visas.select_related("organisme").order_by("pk"))
    anciens = perimes(candidature, visas)
    return [
        {
            "organisme": v.organisme.nom,
            "avis": v.get_avis_display(),
            "texte": v.texte,
            "le": v.le.isoformat(),
            "perime": v.pk in anciens,
        }
        for v in visas
    ]


def contenu(candidature: Candidature) -> dict:
    """The dossier as plain data, in a fixed order."""
    appel = candidature.appel
    pilote = candidature.service_pilote
    portages = candidature.portages.select_related("organisme")
    return {
        "reference": candidature.reference,
        "titre": candidature.titre,
        "dispositif": {"code": appel.dispositif.code, "nom": appel.dispositif.nom},
        "appel": {"id": appel.pk, "titre": appel.titre},
        "service_pilote": _organisme(pilote) if pilote else None,
        "porteurs": [_organisme(p.organisme) | {"chef": p.chef_de_file} for p in portages],
        "perimetre": _perimetre(candidature.perimetre),
        "sections": [
            {"cle": s.cle, "titre": s.get_cle_display(), "texte": s.texte}
            for s in candidature.sections.order_by("pk")
        ],
        "ressources": [
            {"nature": r.nature, "titre": r.get_nature_display(), "texte": r.texte}
            for r in candidature.ressources.order_by("pk")
        ],
        "projets": list(
            candidature.projets.order_by("pk").values("intitule", "porteur", "avancement")
        ),
        "schemas": list(
            candidature.schemas.order_by("pk").values("nature", "intitule", "etat", "annee")
        ),
        "acteurs": list(candidature.acteurs.order_by("pk").values("college", "nom", "attente")),
        "themes": [{"cle": t.cle, "libelle": t.libelle} for t in candidature.themes.all()],
        "stade": candidature.stade,
        "programmes": [{"cle": p, "libelle": Programme(p).label} for p in candidature.programmes],
        "blocages": candidature.blocages,
        "gouvernance": candidature.gouvernance,
        "formulaire": formulaire(candidature).numero,
        "reponses": lisibles(candidature),
        "visas": _visas(candidature),
        "visas_absents": [str(visa) for visa in visas_absents(candidature)],
        "mandats": [
            {
                "mandant": m.mandant.nom,
                "mandataire": m.mandataire.nom,
                "signe_le": m.signe_le.isoformat(),
                "sha256": m.sha256,
            }
            for m in candidature.mandats.filter(retire_le=None)
            .exclude(analyse=EtatAnalyse.REFUSEE)
            .select_related("mandant", "mandataire")
            .order_by("pk")
        ],
        "pieces": _pieces(candidature),
        "emprise": emprises.contenu(candidature),
        "fiche_territoire": fiche_territoire(candidature),
        "eligibilite": [r.en_donnees() for r in resultats(candidature)],
    }


def intacte(version: VersionNote) -> bool:
    """The stored content still gives the hash that the receipt bears, whatever its vintage."""
    return empreinte(version.contenu) == version.sha256


def derniere_version(candidature: Candidature) -> VersionNote | None:
    return candidature.versions.order_by("-numero").first()


@transaction.atomic
def figer(*, candidature: Candidature, motif: str, par=None) -> VersionNote:
    """Freeze the dossier now. The same content as the last version returns that one."""
    fige = contenu(candidature)
    sha256 = empreinte(fige)
    derniere = derniere_version(candidature)
    if derniere and derniere.sha256 == sha256:
        return derniere
    return VersionNote.objects.create(
        candidature=candidature,
        numero=derniere.numero + 1 if derniere else 1,
        contenu=fige,
        sha256=sha256,
        figee_le=timezone.now(),
        figee_par=par,
        motif=motif,
    )
