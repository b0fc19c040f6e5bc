"""The sittings on the dashboard: of those who keep them, and of those who vote."""

from __future__ import annotations

from django.urls import reverse

from candidatures.comite.choix import EtatComite
from candidatures.comite.droits import peut_tenir, visibles_par
from candidatures.comite.models import Comite
from socle.comptes.choix import Role
from socle.interface.taches import Tache


def _tache(verbe: str, comite: Comite) -> Tache:
    return Tache(
        verbe=verbe,
        objet=comite.appel.titre,
        url=reverse("candidatures:comite", args=[comite.pk]),
        depuis=comite.ouvert_le,
        echeance=comite.tenu_le,
    )


def a_traiter(utilisateur) -> list[Tache]:
    """Sittings that are open now."""
    if utilisateur.role not in (Role.DGALN, Role.EVALUATEUR):
        return []
    verbe = "Tenir le comité" if peut_tenir(utilisateur) else "Siéger au comité"
    ouverts = visibles_par(utilisateur).filter(etat=EtatComite.OUVERT).select_related("appel")
    return [_tache(verbe, c) for c in ouverts]
