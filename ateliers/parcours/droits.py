"""Who sees an atelier's work, who leads it, who contributes. The State never acts for the élus."""

from django.db.models import Q

from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.models import Atelier
from candidatures.dossiers.droits import reperes_du_territoire
from socle.comptes.choix import Role
from socle.erreurs import ActionInterdite


def publics():
    """Ateliers that have a public page."""
    return Atelier.objects.filter(public=True).exclude(etat=EtatAtelier.ABANDONNE)


def visibles_par(utilisateur):
    """Ateliers whose work pages this user may read."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return Atelier.objects.none()
    if utilisateur.role == Role.DGALN:
        return Atelier.objects.all()
    if utilisateur.organisme_id is None:
        return Atelier.objects.none()
    filtre = (
        Q(service_pilote=utilisateur.organisme_id)
        | Q(
            pk__in=Atelier.porteurs.through.objects.filter(
                organisme=utilisateur.organisme_id
            ).values("atelier")
        )
        | Q(
            pk__in=Atelier.intervenants.through.objects.filter(
                organisme=utilisateur.organisme_id
            ).values("atelier")
        )
    )
    if utilisateur.role == Role.SERVICE_ETAT:
        filtre |= Q(candidature__in=reperes_du_territoire(utilisateur).values("pk"))
    return Atelier.objects.filter(filtre)


def consultables_par(utilisateur):
    """Ateliers whose public page opens: the public ones, and those one works on."""
    connus = visibles_par(utilisateur).values("pk")
    return Atelier.objects.filter(Q(pk__in=publics().values("pk")) | Q(pk__in=connus))


def peut_piloter(utilisateur, atelier) -> bool:
    """The pilot service or DGALN."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return False
    if utilisateur.role == Role.DGALN:
        return True
    return (
        utilisateur.role == Role.SERVICE_ETAT
        and utilisateur.organisme_id is not None
        and utilisateur.organisme_id == atelier.service_pilote_id
    )


def est_collectivite(utilisateur, atelier) -> bool:
    """A carrier that is a collectivité."""
    return (
        utilisateur.is_authenticated
        and utilisateur.is_active
        and utilisateur.role == Role.COLLECTIVITE
        and atelier.porteurs.filter(pk=utilisateur.organisme_id).exists()
    )


def est_equipe(utilisateur, atelier) -> bool:
    return (
        utilisateur.is_authenticated
        and utilisateur.is_active
        and utilisateur.role == Role.EQUIPE
        and atelier.intervenants.filter(pk=utilisateur.organisme_id).exists()
    )


def peut_contribuer(utilisateur, atelier) -> bool:
    """The pilot, the carriers and the team write together."""
    return (
        peut_piloter(utilisateur, atelier)
        or est_collectivite(utilisateur, atelier)
        or est_equipe(utilisateur, atelier)
    )


def exiger(permis: bool, phrase: str = "") -> None:
    """Raise ActionInterdite unless `permis`."""
    if not permis:
        raise ActionInterdite(phrase or "Cette action revient au service pilote de l’atelier.")
