"""Who sees a saved view: its owner; their service or the whole DGALN when it is shared."""

from django.db.models import Q

from candidatures.listes.choix import Partage
from candidatures.listes.models import VueEnregistree
from socle.comptes.choix import Role


def vues_visibles_par(utilisateur):
    visibles = Q(proprietaire=utilisateur)
    if utilisateur.organisme_id:
        visibles |= Q(
            partage=Partage.SERVICE,
            proprietaire__organisme=utilisateur.organisme_id,
            proprietaire__role=utilisateur.role,
        )
    if utilisateur.a_le_role(Role.DGALN):
        visibles |= Q(partage=Partage.DGALN)
    return VueEnregistree.objects.filter(visibles)


def partages_possibles(utilisateur) -> list[tuple[str, str]]:
    tous = list(Partage.choices)
    if utilisateur.a_le_role(Role.DGALN):
        return tous
    return [p for p in tous if p[0] != Partage.DGALN]
