"""Names and addresses: a pilot reads the people of their ateliers, and the institutions' contacts.

An inhabitant is read in their atelier, and in the directory by its pilot alone.
"""

from django.db.models import Q

from ateliers.annuaire.choix import INSTITUTIONNELS
from ateliers.annuaire.models import Mandat, OrganismeAnnuaire, Personne
from ateliers.parcours import droits as parcours
from ateliers.parcours.models import Atelier
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Departement

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


def organismes_visibles_par(utilisateur):
    """Those for which somebody whom they see speaks or spoke, and those their service entered.

    What only inhabitants name stays in their atelier, with its pilot. The DGALN reads all others.
    """
    if not peut_consulter(utilisateur):
        return OrganismeAnnuaire.objects.none()
    if utilisateur.role == Role.DGALN:
        return OrganismeAnnuaire.objects.filter(atelier__isnull=True)
    connus = Mandat.objects.filter(personne__in=visibles_par(utilisateur).values("pk"))
    miens = Atelier.objects.filter(service_pilote=utilisateur.organisme_id)
    return OrganismeAnnuaire.objects.filter(
        Q(atelier__isnull=True, pk__in=connus.values("organisme"))
        | Q(atelier__isnull=True, service=utilisateur.organisme_id)
        | Q(atelier__in=miens.values("pk"))
    )


def organismes_proposes_a(utilisateur):
    """Suggested while a name is typed; to a collectivité or a team, those of its ateliers."""
    if peut_consulter(utilisateur):
        return organismes_visibles_par(utilisateur).filter(atelier__isnull=True)
    if not utilisateur.is_authenticated or utilisateur.organisme_id is None:
        return OrganismeAnnuaire.objects.none()
    siens = Atelier.objects.filter(
        Q(porteurs=utilisateur.organisme_id) | Q(intervenants=utilisateur.organisme_id)
    )
    return OrganismeAnnuaire.objects.filter(
        atelier__isnull=True, participants__atelier__in=siens.values("pk")
    ).distinct()


def comptes_connus_de(utilisateur):
    """Accounts whose name and organisme one may read beside a sheet; their address, never.

    The DGALN: all. A service: its own, those of the services and collectivités of its territory,
    and the teams of the ateliers it sees; never an evaluator. Of the others, only that they exist.
    """
    if not peut_consulter(utilisateur):
        return Utilisateur.objects.none()
    if utilisateur.role == Role.DGALN:
        return Utilisateur.objects.all()
    ateliers = parcours.visibles_par(utilisateur).values("pk")
    equipes = Atelier.intervenants.through.objects.filter(atelier__in=ateliers)
    territoire = Q(
        role__in=(Role.SERVICE_ETAT, Role.COLLECTIVITE),
        organisme__in=_du_territoire(utilisateur.organisme).values("pk"),
    )
    return Utilisateur.objects.filter(
        territoire
        | Q(organisme=utilisateur.organisme_id)
        | Q(role=Role.EQUIPE, organisme__in=equipes.values("organisme"))
    ).exclude(role=Role.EVALUATEUR)


def _du_territoire(organisme):
    """The organismes that act in one of its départements."""
    if organisme is None:
        return Organisme.objects.none()
    siens = Departement.objects.filter(
        Q(pk__in=organisme.departements.values("pk")) | Q(region__in=organisme.regions.values("pk"))
    ).values("pk")
    return Organisme.objects.filter(
        Q(departements__in=siens)
        | Q(regions__departements__in=siens)
        | Q(commune__departement__in=siens)
        | Q(epci__departements__in=siens)
    )
