"""What every verb of the room does first: lock the committee, check its keeper, its state."""

from __future__ import annotations

from candidatures.comite.choix import EtatComite
from candidatures.comite.droits import peut_tenir
from candidatures.comite.models import Comite
from socle.erreurs import ActionInterdite, TransitionImpossible


def ouvrir(comite: Comite, par, *, etats=(EtatComite.PREPARATION, EtatComite.OUVERT)) -> Comite:
    """The locked row, in one of these states."""
    if not peut_tenir(par):
        raise ActionInterdite("Seule la DGALN tient le comité.")
    comite = (
        Comite.objects.select_for_update(of=("self",))
        .select_related("appel__dispositif")
        .get(pk=comite.pk)
    )
    if comite.etat not in etats:
        if EtatComite.CLOS in etats:
            raise TransitionImpossible(
                "Le comité n’est pas clos\u00a0: ses délibérations peuvent changer."
            )
        if comite.est_clos:
            raise TransitionImpossible("Le comité est clos\u00a0: rien n’y change plus.")
        raise TransitionImpossible("Ouvrez d’abord la séance du comité.")
    return comite
