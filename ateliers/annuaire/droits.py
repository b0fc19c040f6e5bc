"""Names and addresses: a pilot reads the people of their ateliers, and the institutions' contacts.

An inhabitant is read in their atelier, and in the directory by its pilot alone.
"""

from django.db.models import Q

from ateliers.annuaire.choix import INSTITUTIONNELS
from ateliers.annuaire.models import Mandat, Personne
from ateliers.parcours import droits as parcours
from ateliers.parcours.models import Atelier
from socle.comptes.choix import Role

RESERVE = "L’annuaire est réservé aux services de l’État qui pilotent des ateliers."


def peut_consulter(utilisateur) -> bool:
    return (
        utilisateur.is_authenticated
        and utilisateur.is_active
        and utilisateur.role in (Role.DGALN, Role.SERVICE_ETAT)
    )


def _dans(ateliers):
    return Personne.objects.filter(participations__atelier__in=ateliers).values("pk")


def visibles_par(utilisateur):
    """DGALN: all but inhabitants. A service: its ateliers, then élus and State of its territory."""
    if not peut_consulter(utilisateur):
        return Personne.objects.none()
    if utilisateur.role == Role.DGALN:
        return Personne.objects.filter(atelier__isnull=True)
    miens = Atelier.objects.filter(service_pilote=utilisateur.organisme_id)
    contacts = Mandat.objects.filter(college__in=INSTITUTIONNELS, au__isnull=True)
    territoire = Q(
        atelier__isnull=True,
        pk__in=_dans(parcours.visibles_par(utilisateur).values("pk")),
    ) & Q(pk__in=contacts.values("personne"))
    return Personne.objects.filter(Q(pk__in=_dans(miens.values("pk"))) | territoire)
