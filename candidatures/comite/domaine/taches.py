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
from socle.comptes.models import Utilisateur
from socle.groupage import RequeteGardee
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


def _suivis(*, personne):
    """Those that are open, and the closed ones of which a decision is to prepare."""
    qui = Utilisateur(pk=personne, role=Role.DGALN)
    siens = visibles_candidatures(qui).values("pk")
    actes = a_decider().filter(comite=OuterRef("pk"), candidature__in=siens).order_by()
    nombre = Subquery(actes.values("comite").annotate(n=Count("pk")).values("n"))
    suivis = visibles_par(qui).select_related("appel").annotate(a_preparer=nombre)
    return suivis.filter(Q(etat=EtatComite.OUVERT) | Q(a_preparer__gt=0))


SUIVIS = RequeteGardee(_suivis)


def a_traiter(utilisateur) -> list[Tache]:
    """Sittings that are open now, and for those who keep them the decisions of the closed ones."""
    if utilisateur.role not in (Role.DGALN, Role.EVALUATEUR):
        return []
    if not peut_tenir(utilisateur):
        ouverts = visibles_par(utilisateur).select_related("appel").filter(etat=EtatComite.OUVERT)
        return [_tache("Siéger au comité", c) for c in ouverts]
    suivis = SUIVIS.objets(personne=utilisateur.pk)
    return [_tache("Tenir le comité", c) if not c.est_clos else _a_preparer(c) for c in suivis]
