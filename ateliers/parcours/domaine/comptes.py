"""The accounts that work on an atelier for the State or for its team."""

from django.db.models import Q

from ateliers.parcours.models import Atelier
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur


def du_pilote_ou_de_l_equipe(atelier) -> Q:
    equipe = Atelier.intervenants.through.objects.filter(atelier=atelier).values("organisme")
    pilote = Q(role=Role.SERVICE_ETAT, organisme=atelier.service_pilote_id)
    return pilote | Q(role=Role.EQUIPE, organisme__in=equipe)


def comptes_au_travail(atelier):
    """Active accounts of the pilot service and of the team, the eldest first."""
    comptes = Utilisateur.objects.filter(du_pilote_ou_de_l_equipe(atelier), is_active=True)
    return comptes.order_by("cree_le", "pk")
