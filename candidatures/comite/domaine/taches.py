"""The sittings on the dashboard: of those who keep them, and of those who vote."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from candidatures.comite.calcul.deliberes import a_decider
from candidatures.comite.choix import EtatComite
from candidatures.comite.droits import peut_tenir, visibles_par
from candidatures.comite.models import Comite
from candidatures.dossiers.droits import visibles_par as visibles_candidatures
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


def _a_preparer(comite: Comite) -> Tache:
    nombre = comite.a_preparer
    return Tache(
        verbe=f"Préparer les {nombre} décisions" if nombre > 1 else "Préparer la décision",
        objet=f"{comite.appel.titre}, comité clos",
        url=reverse("candidatures:comite_decisions", args=[comite.pk]),
        depuis=comite.clos_le,
    )


def a_traiter(utilisateur) -> list[Tache]:
    """Sittings that are open now, and for those who keep them the decisions of the closed ones."""
    if utilisateur.role not in (Role.DGALN, Role.EVALUATEUR):
        return []
    visibles = visibles_par(utilisateur).select_related("appel")
    if not peut_tenir(utilisateur):
        return [_tache("Siéger au comité", c) for c in visibles.filter(etat=EtatComite.OUVERT)]
    siens = visibles_candidatures(utilisateur).values("pk")
    actes = a_decider().filter(comite=OuterRef("pk"), candidature__in=siens).order_by()
    nombre = Subquery(actes.values("comite").annotate(n=Count("pk")).values("n"))
    suivis = visibles.annotate(a_preparer=nombre)
    suivis = suivis.filter(Q(etat=EtatComite.OUVERT) | Q(a_preparer__gt=0))
    return [_tache("Tenir le comité", c) if not c.est_clos else _a_preparer(c) for c in suivis]
