"""The dossiers of the appel that a committee does not rank, and why: the PV names them too."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from candidatures.comite.calcul.deliberes import actes_en_vigueur, du_comite
from candidatures.comite.models import Comite
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import hors_deports
from candidatures.dossiers.models import Candidature
from socle.interface.templatetags.interface import jour_long


@dataclass(frozen=True)
class HorsClassement:
    reference: str
    titre: str
    raison: str


def hors_classement(comite: Comite, utilisateur=None) -> tuple[HorsClassement, ...]:
    """Those that wait for a decision or for their evaluation; without those from which this
    person is recused."""
    actes = actes_en_vigueur().filter(candidature=OuterRef("pk")).order_by("-comite__clos_le")
    restantes = Candidature.objects.filter(
        Q(etat=E.RECEVABLE) | (Q(etat__in=EN_DECISION) & ~Q(pk__in=du_comite(comite).values("pk"))),
        appel_id=comite.appel_id,
    ).annotate(seance=Subquery(actes.values("comite__clos_le")[:1]))
    if utilisateur is not None:
        restantes = hors_deports(restantes, utilisateur)
    lues = restantes.order_by("reference").values_list("reference", "titre", "seance")
    return tuple(HorsClassement(r, t, _raison(seance)) for r, t, seance in lues)


def _raison(seance) -> str:
    if seance is None:
        return "recevable, pas encore en évaluation"
    return f"déjà délibéré par le comité clos le {jour_long(timezone.localtime(seance))}"
