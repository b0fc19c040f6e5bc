"""An export, a held batch of mails."""

from django.core.files.base import ContentFile
from django.utils import timezone

from socle.courriels import lots
from socle.exports.fabrication import DUREE
from socle.exports.models import Export
from tests.matrices.decor import decor


@decor("export_declare")
def export_declare(distribution):
    return {"cle": "candidatures"}


@decor("export_pret")
def export_pret(distribution):
    export = Export(
        cle="candidatures",
        titre="Candidatures",
        colonnes=["titre"],
        format="csv",
        etat="pret",
        nom="candidatures.csv",
        sha256="0" * 64,
        expire_le=timezone.now() + DUREE,
        demande_par=distribution.dgaln,
    )
    export.fichier.save("essai.csv", ContentFile(b"x"))
    return {"pk": export.pk}


@decor("lot_courriels")
def lot_courriels(distribution):
    return {"pk": lots.ouvrir_lot("essai", titre="Un envoi", par=distribution.dgaln).pk}
