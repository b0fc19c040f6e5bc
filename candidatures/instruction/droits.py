"""Who instructs, who evaluates, who gives an avis.

DGALN instructs and decides. An evaluator sees the dossiers entrusted to them, and nobody’s notes
before filing their own. An organisation asked for an avis sees its own avis only. The carriers
see nothing of all this before the publication: no avis, no note, no prepared decision, ever.
"""

from django.db.models import Q

from candidatures.dossiers.droits import (
    est_instructeur,
    organismes_porteurs,
    porte,
    portees_par,
    visibles_par,
)
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import Avis, Decision, Evaluation
from socle.comptes.choix import Role


def peut_instruire(utilisateur, candidature: Candidature | None = None) -> bool:
    return est_instructeur(utilisateur, candidature)


def _actif(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active


def evaluations_visibles_par(utilisateur):
    """DGALN sees them all; an evaluator sees theirs (see `peut_lire_notes` for the others’)."""
    toutes = Evaluation.objects.all()
    if est_instructeur(utilisateur):
        return toutes
    if not _actif(utilisateur) or utilisateur.role != Role.EVALUATEUR:
        return toutes.none()
    return toutes.filter(evaluateur=utilisateur)


def avis_visibles_par(utilisateur):
    tous = Avis.objects.all()
    if est_instructeur(utilisateur):
        return tous
    if not _actif(utilisateur) or utilisateur.organisme_id is None:
        return tous.none()
    a_moi = Q(organisme_id=utilisateur.organisme_id) & (
        Q(auteur__isnull=True) | Q(auteur=utilisateur)
    )
    portees = portees_par(utilisateur).values("pk")
    return tous.filter(a_moi).exclude(candidature_id__in=portees)


def decisions_visibles_par(utilisateur):
    """Prepared ones for DGALN only; published ones for whoever sees the dossier."""
    if est_instructeur(utilisateur):
        return Decision.objects.all()
    visibles = visibles_par(utilisateur).values("pk")
    return Decision.objects.filter(publication__isnull=False, candidature_id__in=visibles)


def peut_evaluer(utilisateur, evaluation: Evaluation) -> bool:
    return _actif(utilisateur) and evaluation.evaluateur_id == utilisateur.pk


def peut_rendre_avis(utilisateur, avis: Avis) -> bool:
    return (
        _actif(utilisateur)
        and avis.organisme_id == utilisateur.organisme_id
        and avis.auteur_id in (None, utilisateur.pk)
        and not porte(utilisateur, avis.candidature)
    )


def peut_lire_notes(utilisateur, candidature: Candidature) -> bool:
    """DGALN; an evaluator of this dossier once their own evaluation is filed."""
    if est_instructeur(utilisateur):
        return True
    return (
        evaluations_visibles_par(utilisateur)
        .filter(candidature=candidature, depose_le__isnull=False)
        .exists()
    )


def peut_etre_evaluateur(personne, candidature: Candidature) -> bool:
    """Evaluators and DGALN agents, never someone of an organisation that carries the dossier."""
    organismes = organismes_porteurs(candidature)
    return (
        personne.is_active
        and personne.role in (Role.EVALUATEUR, Role.DGALN)
        and personne.organisme_id not in organismes
    )
