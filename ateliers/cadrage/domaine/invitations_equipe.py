"""Open an account to the people of the chosen team: a signed link, mailed by the pilot."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.cadrage import journal, notifications
from ateliers.cadrage.models import Equipe, InvitationEquipe
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.comptes.choix import Role
from socle.comptes.domaine import invitations
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

LIEN = invitations.LienInvitation("ateliers.cadrage.equipe", "ateliers:equipe_invitation")
PERIMEE = "Cette invitation n’est plus valable. Demandez-en une autre au service pilote."
FINIS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)


def chemin(invitation: InvitationEquipe) -> str:
    return LIEN.chemin(invitation)


def invitation_du_jeton(jeton: str) -> InvitationEquipe | None:
    lues = InvitationEquipe.objects.select_related("atelier", "organisme", "invite_par__organisme")
    return LIEN.lire(jeton, lues)


def en_cours(invitation: InvitationEquipe) -> bool:
    """Its organisme may have left the team since: then it opens nothing."""
    return (
        invitations.en_cours(invitation)
        and invitation.atelier.etat not in FINIS
        and invitation.organisme in organismes_de_l_equipe(invitation.atelier)
    )


def organismes_de_l_equipe(atelier) -> list[Organisme]:
    """The mandataire first, then the members known as organismes."""
    equipe = Equipe.objects.filter(atelier=atelier).select_related("mandataire").first()
    if equipe is None:
        return []
    membres = equipe.membres.exclude(organisme=None).select_related("organisme")
    return list(dict.fromkeys([equipe.mandataire, *(membre.organisme for membre in membres)]))


def invitations_de(atelier) -> list[InvitationEquipe]:
    """Those that nobody took back; the accepted ones tell who is in."""
    return list(
        InvitationEquipe.objects.filter(atelier=atelier, revoque_le__isnull=True)
        .select_related("organisme")
        .order_by("pk")
    )


def personnes_de(atelier) -> list[Utilisateur]:
    """The accounts of the team, to whom its mails go."""
    return list(
        Utilisateur.objects.filter(
            is_active=True, role=Role.EQUIPE, organisme__in=atelier.intervenants.all()
        )
        .select_related("organisme")
        .order_by("nom", "prenom")
    )


@transaction.atomic
def inviter(*, atelier, par, courriel, prenom, nom, organisme) -> InvitationEquipe:
    """Invite a person, or invite them again: the former link stops working."""
    atelier = verrouiller(atelier)
    exiger(peut_piloter(par, atelier))
    if atelier.etat in FINIS:
        raise TransitionImpossible("Cet atelier est terminé.")
    if organisme not in organismes_de_l_equipe(atelier):
        raise ErreurMetier("Cet organisme n’est pas de l’équipe.", champ="organisme")
    courriel = courriel.strip().lower()
    if Utilisateur.objects.filter(email=courriel).exists():
        raise ErreurMetier(
            "Un compte existe déjà pour cette adresse : c’est son organisme qui ouvre l’atelier.",
            champ="courriel",
        )
    dates = invitations.remplacer(InvitationEquipe.objects.filter(atelier=atelier), courriel)
    invitation = InvitationEquipe.objects.create(
        atelier=atelier,
        organisme=organisme,
        prenom=prenom.strip(),
        nom=nom.strip(),
        invite_par=par,
        **dates,
    )
    inscrire(journal.EQUIPE_INVITEE, objet=atelier, par=par, personne=str(invitation))
    notifications.invitation_equipe(invitation, chemin(invitation), par)
    return invitation


@transaction.atomic
def annuler(*, invitation, par) -> None:
    atelier = verrouiller(invitation.atelier)
    exiger(peut_piloter(par, atelier))
    invitation = InvitationEquipe.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepte_le:
        raise TransitionImpossible("Le compte est ouvert : cette invitation a servi.")
    invitation.revoque_le = invitation.revoque_le or timezone.now()
    invitation.save(update_fields=["revoque_le"])
    inscrire(journal.EQUIPE_DESINVITEE, objet=atelier, par=par, personne=str(invitation))


@transaction.atomic
def ouvrir_compte(*, invitation, prenom, nom, fonction="", mot_de_passe) -> Utilisateur:
    """The link proves the address: the account is that of a member of the team."""
    invitation = (
        InvitationEquipe.objects.select_for_update(of=("self",))
        .select_related("atelier", "organisme")
        .get(pk=invitation.pk)
    )
    if not en_cours(invitation):
        raise ErreurMetier(PERIMEE)
    utilisateur = invitations.compte_a_ouvrir(
        courriel=invitation.courriel,
        prenom=prenom,
        nom=nom,
        fonction=fonction,
        mot_de_passe=mot_de_passe,
        role=Role.EQUIPE,
        organisme=invitation.organisme,
    )
    utilisateur.save()
    invitation.utilisateur, invitation.accepte_le = utilisateur, timezone.now()
    invitation.save(update_fields=["utilisateur", "accepte_le"])
    inscrire(journal.EQUIPE_ENTREE, objet=invitation.atelier, par=utilisateur)
    return utilisateur
