"""An export belongs to who asked for it. A template may be shared within a service."""

from django.db.models import Q
from django.utils import timezone

from socle.exports.choix import EtatExport
from socle.exports.declaration import declaration, declarations
from socle.exports.models import Export, ModeleExport


def visibles_par(utilisateur):
    return Export.objects.filter(demande_par=utilisateur)


def peut_demander(utilisateur, cle: str) -> bool:
    return cle in declarations() and utilisateur.is_active and declaration(cle).visible(utilisateur)


def peut_telecharger(utilisateur, export: Export) -> bool:
    """Still theirs, still allowed, and everything in it still visible to them."""
    if export.demande_par_id != utilisateur.pk or export.etat != EtatExport.PRET:
        return False
    if export.expire_le <= timezone.now() or not peut_demander(utilisateur, export.cle):
        return False
    return declaration(export.cle).tous_visibles(utilisateur, export.objets)


def modeles_visibles_par(utilisateur, cle: str):
    visibles = Q(proprietaire=utilisateur)
    if utilisateur.organisme_id:
        visibles |= Q(
            partage=True,
            proprietaire__organisme=utilisateur.organisme_id,
            proprietaire__role=utilisateur.role,
        )
    return ModeleExport.objects.filter(visibles, cle=cle)
