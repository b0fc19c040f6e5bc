"""Who sees and who writes a candidature.

DGALN never sees a brouillon. Those who carry it (service pilote, porteurs) see it at every stage.
A State service also sees what is deposited on its territory; organisations asked for an avis see
what they were asked about; evaluators see what is entrusted to them. Anyone else: nothing (404).
"""

from django.db.models import Q

from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, EN_DECISION, MODIFIABLES
from candidatures.dossiers.models import Candidature, Portage
from socle.comptes.choix import Role
from socle.comptes.droits import filtre_competence
from socle.comptes.models import Utilisateur

PORTEURS = (Role.SERVICE_ETAT, Role.COLLECTIVITE)


def _actif(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active


def _portees_par(organisme_id) -> Q:
    portages = Portage.objects.filter(organisme_id=organisme_id).values("candidature_id")
    return Q(service_pilote_id=organisme_id) | Q(pk__in=portages)


def visibles_par(utilisateur):
    toutes = Candidature.objects.all()
    if not _actif(utilisateur):
        return toutes.none()
    deposees = Q(deposee_le__isnull=False)
    if utilisateur.role == Role.DGALN:
        return toutes.filter(deposees)
    if utilisateur.role == Role.EVALUATEUR:
        return toutes.filter(etat__in=EN_DECISION, evaluations__evaluateur=utilisateur)
    organisme_id = utilisateur.organisme_id
    if organisme_id is None:
        return toutes.none()
    consultations = Candidature.consultes.through.objects.filter(organisme_id=organisme_id)
    vues = deposees & Q(pk__in=consultations.values("candidature_id"))
    if utilisateur.role in PORTEURS:
        vues |= _portees_par(organisme_id)
    if utilisateur.role == Role.SERVICE_ETAT:
        competence = Candidature.objects.filter(filtre_competence(utilisateur)).values("pk")
        vues |= deposees & Q(pk__in=competence)
    return toutes.filter(vues)


def portees_par(utilisateur):
    """The candidatures that the user’s organisation carries (their own, at any stage)."""
    if not _actif(utilisateur) or utilisateur.role not in PORTEURS:
        return Candidature.objects.none()
    return Candidature.objects.filter(_portees_par(utilisateur.organisme_id))


def modifiables_par(utilisateur):
    """Those that `peut_modifier` allows, as rows that one query may lock."""
    return portees_par(utilisateur).filter(etat__in=MODIFIABLES)


def porte(utilisateur, candidature: Candidature) -> bool:
    """The user acts for an organisation that carries this candidature."""
    if not _actif(utilisateur) or utilisateur.role not in PORTEURS or not utilisateur.organisme_id:
        return False
    if candidature.service_pilote_id == utilisateur.organisme_id:
        return True
    return any(p.organisme_id == utilisateur.organisme_id for p in candidature.portages.all())


def est_instructeur(utilisateur, candidature: Candidature | None = None) -> bool:
    return _actif(utilisateur) and utilisateur.role == Role.DGALN


def peut_creer(utilisateur) -> bool:
    return (
        _actif(utilisateur)
        and utilisateur.role in PORTEURS
        and utilisateur.organisme_id is not None
    )


def peut_modifier(utilisateur, candidature: Candidature) -> bool:
    return candidature.etat in MODIFIABLES and porte(utilisateur, candidature)


def peut_deposer(utilisateur, candidature: Candidature) -> bool:
    return porte(utilisateur, candidature)


def peut_retirer(utilisateur, candidature: Candidature) -> bool:
    return porte(utilisateur, candidature) and CYCLE_CANDIDATURE.possible(
        "retirer", candidature.etat
    )


def membres(candidature: Candidature):
    """Active accounts of the organisations that carry it, to write to."""
    organismes = [candidature.service_pilote_id]
    organismes += [p.organisme_id for p in candidature.portages.all()]
    return list(
        Utilisateur.objects.filter(
            is_active=True, role__in=PORTEURS, organisme_id__in=[o for o in organismes if o]
        )
    )


def agents_dgaln():
    return list(Utilisateur.objects.filter(is_active=True, role=Role.DGALN))
