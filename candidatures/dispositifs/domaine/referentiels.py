"""Install the reference data. Idempotent: DGALN’s later edits of existing rows are kept."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from candidatures.dispositifs.domaine.kits import publier_version
from candidatures.dispositifs.domaine.odt import MIME_ODT, ecrire_odt
from candidatures.dispositifs.models import (
    Dispositif,
    EtapeType,
    Kit,
    LivrableType,
    PieceRequise,
    ProgrammeEtat,
    Theme,
)

DONNEES = Path(__file__).parent.parent / "donnees"


def lire() -> dict:
    return json.loads((DONNEES / "referentiels.json").read_text(encoding="utf-8"))


@transaction.atomic
def installer() -> dict[str, int]:
    """Create what is missing; return the number of rows of each kind."""
    donnees = lire()
    for valeurs in donnees["dispositifs"]:
        code = valeurs.pop("code")
        dispositif, _ = Dispositif.objects.get_or_create(code=code, defaults=valeurs)
        _installer_etapes(dispositif, donnees["etapes"][code])
        _installer_pieces(dispositif, donnees["pieces"].get(code, donnees["pieces"]["commun"]))
        livrables = donnees["livrables"]
        _installer_livrables(
            dispositif,
            livrables["flash"]
            if code == "flash"
            else livrables["complet"] + (livrables["national"] if code == "national" else []),
        )
    _installer_themes(donnees["themes"])
    for code, nom in donnees["programmes"]:
        ProgrammeEtat.objects.get_or_create(code=code, defaults={"nom": nom})
    _installer_kits(donnees["kits"])
    return {
        m._meta.verbose_name: m.objects.count()
        for m in (Dispositif, EtapeType, PieceRequise, LivrableType, Theme, Kit)
    }


def _installer_etapes(dispositif, lignes):
    for ordre, (genre, rang, libelle, objectif, mois, jours) in enumerate(lignes, start=1):
        EtapeType.objects.get_or_create(
            dispositif=dispositif,
            ordre=ordre,
            defaults={
                "genre": genre,
                "rang": rang,
                "libelle": libelle,
                "objectif": objectif,
                "mois_prevu": mois,
                "duree_jours": jours,
            },
        )


def _installer_pieces(dispositif, lignes):
    for ordre, (cle, libelle, aide, obligatoire) in enumerate(lignes, start=1):
        PieceRequise.objects.get_or_create(
            dispositif=dispositif,
            cle=cle,
            defaults={"libelle": libelle, "aide": aide, "obligatoire": obligatoire, "ordre": ordre},
        )


def _installer_livrables(dispositif, lignes):
    for ordre, (cle, libelle, genre, rang) in enumerate(lignes, start=1):
        LivrableType.objects.get_or_create(
            dispositif=dispositif,
            cle=cle,
            defaults={"libelle": libelle, "apres_genre": genre, "apres_rang": rang, "ordre": ordre},
        )


def _installer_themes(familles):
    ordre = 0
    for famille, themes in familles.items():
        for cle, libelle in themes:
            ordre += 1
            Theme.objects.get_or_create(
                cle=cle, defaults={"libelle": libelle, "famille": famille, "ordre": ordre}
            )


def _installer_kits(lignes):
    for ordre, (cle, titre, dispositif, resume) in enumerate(lignes, start=1):
        kit, _ = Kit.objects.get_or_create(
            cle=cle,
            defaults={
                "titre": titre,
                "dispositif_id": dispositif,
                "resume": resume,
                "ordre": ordre,
            },
        )
        texte = (DONNEES / "kits" / f"{cle}.md").read_text(encoding="utf-8")
        publier_version(
            kit=kit, octets=ecrire_odt(titre, texte), nom_fichier=f"kit-{cle}.odt", mime=MIME_ODT
        )
