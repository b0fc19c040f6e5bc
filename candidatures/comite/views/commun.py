from django.shortcuts import get_object_or_404

from candidatures.comite import droits
from candidatures.comite.models import Comite
from socle.erreurs import ActionInterdite
from socle.interface.vues import VueVerbe


def verifier(utilisateur):
    if not droits.peut_tenir(utilisateur):
        raise ActionInterdite("Les comités sont tenus par la DGALN.")


def charger(utilisateur, pk) -> Comite:
    verifier(utilisateur)
    comites = droits.visibles_par(utilisateur).select_related("appel__dispositif", "clos_par")
    return get_object_or_404(comites, pk=pk)


def charger_pour_lire(utilisateur, pk) -> Comite:
    """For its keepers, and for the members who sit at it."""
    comites = droits.visibles_par(utilisateur).select_related("appel__dispositif", "clos_par")
    comites = droits.avec_les_places_prises(comites)
    comite = comites.filter(pk=pk).first()
    if comite is not None:
        return comite
    return charger(utilisateur, pk)


class VueVerbeComite(VueVerbe):
    def charger(self):
        return charger(self.request.user, self.kwargs["pk"])
