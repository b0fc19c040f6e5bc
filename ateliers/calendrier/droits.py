"""Availabilities are personal: those who see the people see them. Searching is the pilot's."""

from ateliers.calendrier.models import DemandeCalendrier, Indisponibilite
from ateliers.parcours import droits as parcours
from ateliers.participants import droits as participants
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite


def visibles_par(utilisateur):
    """Searches: of the ateliers one sees; those of a session, the DGALN alone."""
    if not utilisateur.is_authenticated:
        return DemandeCalendrier.objects.none()
    if utilisateur.a_le_role(Role.DGALN):
        return DemandeCalendrier.objects.all()
    ateliers = parcours.visibles_par(utilisateur).values("pk")
    return DemandeCalendrier.objects.filter(atelier__in=ateliers)


def peut_rechercher(utilisateur, *, atelier=None) -> bool:
    if atelier is not None:
        return parcours.peut_piloter(utilisateur, atelier)
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)


def peut_voir_disponibilites(utilisateur, atelier) -> bool:
    return participants.peut_voir(utilisateur, atelier)


def peut_declarer(utilisateur, atelier, *, organisme=None) -> bool:
    """The pilot and the collectivité for everyone; any organisation of the atelier for itself."""
    if participants.peut_gerer(utilisateur, atelier):
        return True
    return (
        organisme is not None
        and organisme.pk == utilisateur.organisme_id
        and parcours.est_equipe(utilisateur, atelier)
    )


def indisponibilites_de(atelier, organismes):
    """Those of its people, and those of its organisations wherever they were declared."""
    from django.db.models import Q

    return Indisponibilite.objects.filter(
        Q(atelier=atelier, participant__isnull=False) | Q(organisme__in=organismes)
    ).select_related("participant", "organisme")


def peut_regler_reserves(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)


def peut_s_abonner(utilisateur) -> bool:
    """Those who work on ateliers."""
    roles = (Role.DGALN, Role.SERVICE_ETAT, Role.COLLECTIVITE, Role.EQUIPE)
    return utilisateur.is_authenticated and utilisateur.is_active and utilisateur.role in roles


def exiger(permis: bool) -> None:
    if not permis:
        raise ActionInterdite("Cette action ne vous revient pas.")
