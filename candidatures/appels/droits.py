"""Calls are public once published; only DGALN prepares them."""

from candidatures.appels.models import Appel
from socle.comptes.choix import Role


def _dgaln(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)


def visibles_par(utilisateur):
    return Appel.objects.all() if _dgaln(utilisateur) else Appel.objects.publics()


def peut_gerer(utilisateur, appel: Appel | None = None) -> bool:
    return _dgaln(utilisateur)
