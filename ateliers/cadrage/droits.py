"""Cadrage is the pilot's work; contracts and amounts stay between the State services."""

from django.db.models import Q
from django.utils import timezone

from ateliers.cadrage.choix import EtatVisa, NiveauVisa
from ateliers.cadrage.models import DelegationVisa, TitulaireVisa, VersionCahier, VisaCahier
from ateliers.parcours.droits import est_collectivite, est_equipe, peut_piloter
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur


def peut_rediger_cahier(utilisateur, atelier) -> bool:
    """Pilot and collectivité write the cahier together; the team, once chosen, does not."""
    return peut_piloter(utilisateur, atelier) or est_collectivite(utilisateur, atelier)


def peut_voir_contrats(utilisateur, atelier) -> bool:
    """State services only: neither the team's rivals nor the collectivité read the amounts."""
    return peut_piloter(utilisateur, atelier) or utilisateur.role == Role.SERVICE_ETAT


def versions_visibles(utilisateur, atelier):
    """The team reads what was sent to it; the others every version of an atelier they see."""
    versions = VersionCahier.objects.filter(cahier__atelier=atelier)
    return versions.filter(envoyee_le__isnull=False) if _equipe(utilisateur, atelier) else versions


def _equipe(utilisateur, atelier) -> bool:
    return utilisateur.role == Role.EQUIPE or est_equipe(utilisateur, atelier)


def peut_lire_clauses(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN, Role.SERVICE_ETAT)


def peut_tenir_clauses(utilisateur) -> bool:
    """The library is DGALN's."""
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN)


def peut_deleguer(utilisateur) -> bool:
    """Delegations concern those who may give a visa."""
    return utilisateur.is_authenticated and utilisateur.a_le_role(Role.DGALN, Role.SERVICE_ETAT)


def agents(niveau: str, organisme_id):
    """Every active account of the service that a visa is asked of."""
    actifs = Utilisateur.objects.filter(is_active=True)
    if niveau == NiveauVisa.DGALN:
        return actifs.filter(role=Role.DGALN)
    return actifs.filter(role=Role.SERVICE_ETAT, organisme=organisme_id)


def signataires(niveau: str, organisme_id):
    """Those who give the visa in their own name: the holders, or every agent where none is."""
    tous = agents(niveau, organisme_id)
    titulaires = TitulaireVisa.objects.filter(personne__in=tous.values("pk"))
    designes = tous.filter(pk__in=titulaires.values("personne"))
    return designes if designes.exists() else tous


def delegations_en_cours(jour=None):
    jour = jour or timezone.localdate()
    return DelegationVisa.objects.filter(revoquee_le__isnull=True, debut__lte=jour, fin__gte=jour)


def au_nom_de(utilisateur, visa):
    """Whose visa this person gives: their own, or a delegator's. None: they may not."""
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return None
    propres = signataires(visa.niveau, visa.organisme_id)
    if propres.filter(pk=utilisateur.pk).exists():
        return utilisateur
    recue = (
        delegations_en_cours()
        .filter(delegataire=utilisateur, delegant__in=propres.values("pk"))
        .select_related("delegant")
        .order_by("pk")
        .first()
    )
    meme_service = agents(visa.niveau, visa.organisme_id).filter(pk=utilisateur.pk)
    return recue.delegant if recue and meme_service.exists() else None


def visas_de_son_service(utilisateur):
    """Visas that wait on this person's service now: the first one of a version in force."""
    if not peut_deleguer(utilisateur):
        return VisaCahier.objects.none()
    siens = Q(niveau=NiveauVisa.DGALN) if utilisateur.role == Role.DGALN else Q(pk__in=[])
    if utilisateur.role == Role.SERVICE_ETAT and utilisateur.organisme_id:
        siens = Q(organisme=utilisateur.organisme_id) & ~Q(niveau=NiveauVisa.DGALN)
    return VisaCahier.objects.filter(
        siens,
        etat=EtatVisa.ATTENDU,
        demande_le__isnull=False,
        version__caduque_le__isnull=True,
    )
