"""A room is known to all who work on ateliers; the State services of its département keep it."""

from ateliers.lieux.models import Lieu
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite

LECTEURS = (Role.DGALN, Role.SERVICE_ETAT, Role.COLLECTIVITE, Role.EQUIPE)


def peut_voir(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active and utilisateur.role in LECTEURS


def visibles_par(utilisateur):
    return Lieu.objects.all() if peut_voir(utilisateur) else Lieu.objects.none()


def departements_de(utilisateur):
    """Those where this user may add or correct a room."""
    from socle.territoires.models import Departement

    if not peut_voir(utilisateur):
        return Departement.objects.none()
    if utilisateur.role == Role.DGALN:
        return Departement.objects.all()
    if utilisateur.role != Role.SERVICE_ETAT or utilisateur.organisme is None:
        return Departement.objects.none()
    propres = utilisateur.organisme.departements.values("pk")
    regions = utilisateur.organisme.regions.values("pk")
    return Departement.objects.filter(pk__in=propres) | Departement.objects.filter(
        region__in=regions
    )


def peut_gerer(utilisateur, departement) -> bool:
    return departements_de(utilisateur).filter(pk=departement.pk).exists()


def exiger(permis: bool) -> None:
    if not permis:
        raise ActionInterdite("Les services de l’État du département tiennent la liste des lieux.")
