"""What closed committees deliberated: until it is published, nothing ranks it again unasked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from candidatures.comite.choix import EtatComite
from candidatures.comite.models import Comite, Deliberation, DossierRepris
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import Decision


def actes_en_vigueur():
    """The last closed word on each candidature, as long as nothing was published since."""
    suivies = Decision.objects.filter(
        candidature=OuterRef("candidature"),
        publication__publiee_le__gte=OuterRef("comite__clos_le"),
    )
    actes = Deliberation.objects.filter(deliberee_le__isnull=False, comite__etat=EtatComite.CLOS)
    reprises = DossierRepris.objects.filter(
        candidature=OuterRef("candidature"),
        comite__etat=EtatComite.CLOS,
        comite__clos_le__gt=OuterRef("comite__clos_le"),
    )
    return actes.exclude(Exists(suivies)).exclude(Exists(reprises))


def deliberees():
    """Keys of the candidatures that wait for a decision only: deliberated, not taken again."""
    reprise = DossierRepris.objects.filter(candidature=OuterRef("candidature")).exclude(
        comite__etat=EtatComite.CLOS
    )
    actes = actes_en_vigueur().filter(candidature__etat__in=EN_DECISION)
    return actes.exclude(Exists(reprise)).order_by().values("candidature_id")


def a_decider():
    """The deliberations whose decision nobody has prepared yet."""
    preparee = Decision.objects.filter(candidature=OuterRef("candidature"), publication=None)
    return actes_en_vigueur().filter(Q(candidature__in=deliberees())).exclude(Exists(preparee))


def deja_deliberes(appel) -> list[Deliberation]:
    """The last word on each dossier of this appel that waits for its decision."""
    actes = (
        actes_en_vigueur()
        .filter(comite__appel=appel, candidature__etat__in=EN_DECISION)
        .select_related("comite", "candidature")
        .order_by("comite__clos_le", "pk")
    )
    derniers = {a.candidature_id: a for a in actes}
    return sorted(derniers.values(), key=lambda a: a.candidature.reference)


def du_comite(comite: Comite):
    """The candidatures it ranks: those waiting for a decision, and those it deliberated. What a
    closed committee deliberated is left out, unless this one takes it again."""
    siennes = Deliberation.objects.filter(comite=comite).order_by().values("candidature_id")
    if comite.est_clos:
        return Candidature.objects.filter(pk__in=siennes)
    reprises = DossierRepris.objects.filter(comite=comite).order_by().values("candidature_id")
    attente = Candidature.objects.filter(appel_id=comite.appel_id, etat__in=EN_DECISION)
    attente = attente.filter(
        Q(pk__in=reprises) | ~Q(pk__in=actes_en_vigueur().order_by().values("candidature_id"))
    )
    return Candidature.objects.filter(pk__in=attente.order_by().values("pk").union(siennes))
