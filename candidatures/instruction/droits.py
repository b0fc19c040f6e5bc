"""Who instructs, who evaluates, who gives an avis.

A recused person, whoever they are, sees nothing of the dossier and does nothing about it.

DGALN instructs and decides. An evaluator sees the dossiers entrusted to them, and nobody’s notes
before filing their own. An organisation asked for an avis sees its own avis only. The carriers
see nothing of all this before the publication: no avis, no note, no prepared decision, ever.
"""

from django.db.models import Exists, OuterRef, Q

from candidatures.dossiers.droits import (
    a_l_aveugle,
    confiees_a,
    deports_actifs,
    est_deporte,
    est_instructeur,
    organismes_porteurs,
    porte,
    reperes_portes_par,
    visibles_par,
)
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import Avis, Decision, Evaluation
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur


def peut_instruire(utilisateur, candidature: Candidature | None = None) -> bool:
    return est_instructeur(utilisateur, candidature)


def _actif(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active


def _non_deportees(lignes, utilisateur):
    """Rows (avis, évaluations, décisions) of the dossiers from which they are not recused."""
    recuse = deports_actifs(utilisateur).values("candidature_id")
    return lignes.exclude(candidature_id__in=recuse)


def confiee_a(utilisateur, candidature: Candidature) -> bool:
    return _actif(utilisateur) and confiees_a(utilisateur).filter(pk=candidature.pk).exists()


def evaluations_visibles_par(utilisateur):
    """DGALN sees them all; an evaluator sees theirs (see `peut_lire_notes` for the others’)."""
    toutes = Evaluation.objects.all()
    if est_instructeur(utilisateur):
        return _non_deportees(toutes, utilisateur)
    if not _actif(utilisateur) or utilisateur.role != Role.EVALUATEUR:
        return toutes.none()
    return _non_deportees(toutes.filter(evaluateur=utilisateur), utilisateur)


def avis_visibles_par(utilisateur):
    tous = Avis.objects.all()
    if est_instructeur(utilisateur):
        return _non_deportees(tous, utilisateur)
    if not _actif(utilisateur) or utilisateur.organisme_id is None:
        return tous.none()
    a_moi = Q(organisme_id=utilisateur.organisme_id, retenu=False) & (
        Q(auteur__isnull=True) | Q(auteur=utilisateur)
    )
    portees = reperes_portes_par(utilisateur).filter(pk=OuterRef("candidature_id"))
    hors = Q(Exists(portees))
    if utilisateur.role == Role.EVALUATEUR:
        hors |= Q(candidature_id__in=a_l_aveugle(Candidature.objects.all()).values("pk"))
    return _non_deportees(tous.filter(a_moi).exclude(hors), utilisateur)


def decisions_visibles_par(utilisateur):
    """Prepared ones for DGALN only; published ones for whoever sees the dossier."""
    if est_instructeur(utilisateur):
        return _non_deportees(Decision.objects.all(), utilisateur)
    visibles = visibles_par(utilisateur).values("pk")
    return Decision.objects.filter(publication__isnull=False, candidature_id__in=visibles)


def evaluations_deposees_par(utilisateur):
    """Filed by them and counted: theirs to read again, whatever became of the dossier."""
    if not _actif(utilisateur):
        return Evaluation.objects.none()
    siennes = Evaluation.comptees.filter(evaluateur=utilisateur, depose_le__isnull=False)
    return _non_deportees(siennes, utilisateur)


def peut_evaluer(utilisateur, evaluation: Evaluation) -> bool:
    return (
        _actif(utilisateur)
        and evaluation.evaluateur_id == utilisateur.pk
        and evaluation.ecartee_le is None
        and not est_deporte(utilisateur, evaluation.candidature)
    )


def evalue_a_l_aveugle(personne, candidature: Candidature) -> bool:
    """An evaluator of a blind appel learns nothing of its dossiers by another door."""
    if personne.role != Role.EVALUATEUR:
        return False
    return a_l_aveugle(Candidature.objects.filter(pk=candidature.pk)).exists()


def repondants(avis: Avis) -> list[Utilisateur]:
    """Who may render it, hence who is written to: neither a recused nor a blind reader."""
    recuses = avis.candidature.deports.filter(leve_le__isnull=True).values("personne_id")
    personnes = Utilisateur.objects.filter(is_active=True, organisme=avis.organisme_id)
    personnes = personnes.exclude(pk__in=recuses)
    if avis.auteur_id:
        personnes = personnes.filter(pk=avis.auteur_id)
    if a_l_aveugle(Candidature.objects.filter(pk=avis.candidature_id)).exists():
        personnes = personnes.exclude(role=Role.EVALUATEUR)
    return list(personnes)


def peut_rendre_avis(utilisateur, avis: Avis) -> bool:
    return (
        _actif(utilisateur)
        and not avis.retenu
        and avis.organisme_id == utilisateur.organisme_id
        and avis.auteur_id in (None, utilisateur.pk)
        and not porte(utilisateur, avis.candidature)
        and not evalue_a_l_aveugle(utilisateur, avis.candidature)
        and not est_deporte(utilisateur, avis.candidature)
    )


def evaluation_de(utilisateur, candidature: Candidature) -> Evaluation | None:
    """Theirs, among the evaluations already read; None when it is set aside."""
    siennes = (
        e
        for e in candidature.evaluations.all()
        if e.evaluateur_id == utilisateur.pk and e.ecartee_le is None
    )
    return next(siennes, None)


def doit_son_avis(utilisateur, candidature: Candidature) -> bool:
    """One’s own opinion first, an agent of the DGALN included."""
    mienne = evaluation_de(utilisateur, candidature)
    return mienne is not None and mienne.depose_le is None


def peut_lire_notes(utilisateur, candidature: Candidature) -> bool:
    """The others’ notes: DGALN, and an evaluator of this dossier; once their own are filed."""
    if doit_son_avis(utilisateur, candidature):
        return False
    if est_instructeur(utilisateur, candidature):
        return True
    mienne = evaluation_de(utilisateur, candidature)
    return mienne is not None and not est_deporte(utilisateur, candidature)


def peut_etre_evaluateur(personne, candidature: Candidature) -> bool:
    """Evaluators and DGALN agents, never someone of an organisation that carries the dossier."""
    organismes = organismes_porteurs(candidature)
    return (
        personne.is_active
        and personne.role in (Role.EVALUATEUR, Role.DGALN)
        and personne.organisme_id not in organismes
        and not est_deporte(personne, candidature)
    )
