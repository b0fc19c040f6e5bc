"""The DGALN keeps the committee. A member reads the sitting they vote at, and nothing of it before.

A member with an account reads the ranking, the deliberations and the minutes once the sitting is
open, when all their own evaluations are filed, and never those of a blind appel.
"""

from django.db.models import Count, Exists, OuterRef, Subquery

from candidatures.comite.choix import EtatComite, Proposition
from candidatures.comite.models import Comite, Deliberation, DossierRepris, MembreComite
from candidatures.dossiers.choix import EtatCandidature
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.droits import est_instructeur
from candidatures.instruction.gardes import sans_deliberees
from candidatures.instruction.models import Evaluation, PhaseInstruction


def peut_tenir(utilisateur) -> bool:
    return est_instructeur(utilisateur)


def siege(utilisateur):
    """The sittings that a member without the DGALN's rights reads."""
    sien = MembreComite.objects.filter(comite=OuterRef("pk"), utilisateur=utilisateur.pk)
    aveugle = PhaseInstruction.objects.filter(appel=OuterRef("appel_id"), aveugle=True)
    due = Evaluation.comptees.filter(
        candidature__appel=OuterRef("appel_id"), evaluateur=utilisateur.pk, depose_le__isnull=True
    )
    due = sans_deliberees(due)
    ouverts = Comite.objects.filter(Exists(sien), etat__in=(EtatComite.OUVERT, EtatComite.CLOS))
    return ouverts.exclude(Exists(aveugle)).exclude(Exists(due))


def avec_les_places_prises(comites):
    """Annotated with how many dossiers of their appel a closed sitting has retained already."""
    reprises = DossierRepris.objects.filter(comite=OuterRef(OuterRef("pk")))
    actes = Deliberation.objects.filter(
        comite__appel=OuterRef("appel_id"),
        comite__etat=EtatComite.CLOS,
        deliberee_le__isnull=False,
        proposition=Proposition.RETENIR,
        candidature__etat__in=(*EN_DECISION, EtatCandidature.RETENUE),
    )
    actes = actes.exclude(comite=OuterRef("pk"))
    actes = actes.exclude(candidature__in=reprises.values("candidature_id")).order_by()
    comptes = actes.values("comite__appel").annotate(n=Count("candidature", distinct=True))
    return comites.annotate(places_prises=Subquery(comptes.values("n")))


def visibles_par(utilisateur):
    if est_instructeur(utilisateur):
        return Comite.objects.all()
    if not (utilisateur.is_authenticated and utilisateur.is_active):
        return Comite.objects.none()
    return siege(utilisateur)
