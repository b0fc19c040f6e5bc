"""Open an account to the people of the chosen team: a signed link, mailed by the pilot."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage import journal, notifications
from ateliers.cadrage.models import Equipe, InvitationEquipe
from ateliers.parcours.choix import EtatAtelier
from ateliers.parcours.domaine.cycle import verrouiller
from ateliers.parcours.droits import exiger, peut_piloter
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

DUREE = timedelta(days=21)
SIGNATURE = Signer(salt="ateliers.cadrage.equipe")
PERIMEE = "Cette invitation n’est plus valable. Demandez-en une autre au service pilote."
FINIS = (EtatAtelier.CLOS, EtatAtelier.ABANDONNE)


def chemin(invitation: InvitationEquipe) -> str:
    """A new invitation of the same person makes the former link void."""
    jeton = SIGNATURE.sign(f"{invitation.pk}.{int(invitation.invite_le.timestamp())}")
    return reverse("ateliers:equipe_invitation", kwargs={"jeton": jeton})


def invitation_du_jeton(jeton: str) -> InvitationEquipe | None:
    try:
        cle, _, date = SIGNATURE.unsign(jeton).partition(".")
        invitation = InvitationEquipe.objects.select_related(
            "atelier", "organisme", "invite_par__organisme"
        ).get(pk=cle)
    except (BadSignature, ValueError, InvitationEquipe.DoesNotExist):
        return None
    return invitation if str(int(invitation.invite_le.timestamp())) == date else None


def en_cours(invitation: InvitationEquipe) -> bool:
    """Its organisme may have left the team since: then it opens nothing."""
    return (
        invitation.revoque_le is None
        and invitation.accepte_le is None
        and invitation.expire_le > timezone.now()
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
    maintenant = timezone.now()
    InvitationEquipe.objects.filter(
        atelier=atelier, courriel=courriel, accepte_le=None, revoque_le=None
    ).update(revoque_le=maintenant)
    invitation = InvitationEquipe.objects.create(
        atelier=atelier,
        organisme=organisme,
        courriel=courriel,
        prenom=prenom.strip(),
        nom=nom.strip(),
        invite_par=par,
        invite_le=maintenant,
        expire_le=maintenant + DUREE,
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
    if Utilisateur.objects.filter(email=invitation.courriel).exists():
        raise ErreurMetier("Un compte existe déjà pour cette adresse : connectez-vous.")
    utilisateur = Utilisateur(
        email=invitation.courriel,
        prenom=prenom.strip(),
        nom=nom.strip(),
        fonction=fonction.strip(),
        role=Role.EQUIPE,
        organisme=invitation.organisme,
    )
    try:
        validate_password(mot_de_passe, utilisateur)
    except ValidationError as erreur:
        raise ErreurMetier(" ".join(erreur.messages), champ="mot_de_passe") from None
    utilisateur.set_password(mot_de_passe)
    utilisateur.save()
    invitation.utilisateur, invitation.accepte_le = utilisateur, timezone.now()
    invitation.save(update_fields=["utilisateur", "accepte_le"])
    inscrire(journal.EQUIPE_ENTREE, objet=invitation.atelier, par=utilisateur)
    return utilisateur
