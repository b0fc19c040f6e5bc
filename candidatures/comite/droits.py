"""The DGALN keeps the committee; nobody else opens it, and a recused agent does not read the PV."""

from candidatures.comite.models import Comite
from candidatures.dossiers.droits import est_instructeur


def peut_tenir(utilisateur) -> bool:
    return est_instructeur(utilisateur)


def visibles_par(utilisateur):
    return Comite.objects.all() if est_instructeur(utilisateur) else Comite.objects.none()
