"""Somebody who cannot come names who will: a deputy, or the holder of their proxy."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal, notifications
from ateliers.participants.choix import INVITATION_REPONDUE, Delegation, Reponse
from ateliers.participants.domaine.envois import defaire_delegation
from ateliers.participants.domaine.invitations import FERMEES, verrouiller_seance
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.rattachement import inscrire_a_l_atelier
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.domaine.numeros import renumeroter
from socle.abonnes import prevenir
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire


def _verrouiller(invitation, seance) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("participant", "delegue__participant")
        .get(pk=invitation.pk, seance=seance)
    )
    invitation.seance = seance
    return invitation


def peut_deleguer(invitation) -> bool:
    """A delegation is not handed on."""
    return not (invitation.par_delegation or invitation.mandants.exists())


@transaction.atomic
def deleguer(invitation, *, genre: str, prenom: str, nom: str, courriel: str, message: str = ""):
    """From the signed link: the delegate receives an invitation and a link of their own."""
    seance = verrouiller_seance(invitation.seance)
    invitation = _verrouiller(invitation, seance)
    if seance.etat in FERMEES:
        raise TransitionImpossible("Cette séance est passée ou annulée : merci de votre intérêt.")
    if genre not in Delegation.values:
        raise ErreurMetier("Dites si vous nommez un suppléant ou donnez pouvoir.", champ="genre")
    if not peut_deleguer(invitation):
        raise ErreurMetier("Vous représentez déjà quelqu’un : une délégation ne se transmet pas.")
    courriel = courriel.strip().lower()
    if courriel == invitation.participant.courriel:
        raise ErreurMetier("Cette adresse est la vôtre.", champ="courriel")
    if invitation.delegue_id:
        defaire_delegation(invitation, par=None)
        # It took a number for the CANCEL: the same person, named again, must see a later one.
        seance.refresh_from_db(fields=["sequence_ical"])
    delegue = _inviter_delegue(invitation, prenom.strip(), nom.strip(), courriel)
    invitation.delegue, invitation.delegation = delegue, genre
    invitation.reponse, invitation.repondu_le = Reponse.DELEGUE, timezone.now()
    invitation.message, invitation.delegue_refuse_le = message.strip()[:400], None
    champs = ["delegue", "delegation", "reponse", "repondu_le", "message", "delegue_refuse_le"]
    invitation.save(update_fields=champs)
    if seance.debut_prevu:
        renumeroter(seance)
        delegue.seance = seance
        delegue.convoque_le, delegue.sequence_recue = timezone.now(), seance.sequence_ical
        delegue.save(update_fields=["convoque_le", "sequence_recue"])
    notifications.delegation(delegue, mandant=invitation)
    prevenir(INVITATION_REPONDUE, invitation)
    inscrire(journal.DELEGUEE, objet=seance, genre=invitation.get_delegation_display().lower())
    return invitation


def _inviter_delegue(invitation, prenom, nom, courriel) -> Invitation:
    """Their own invitation, if they have one; else one that the delegation alone explains."""
    atelier, mandant = invitation.seance.atelier, invitation.participant
    participant = Participant.objects.filter(atelier=atelier, courriel__iexact=courriel).first()
    if participant is None:
        champs = {"prenom": prenom, "nom": nom, "courriel": courriel}
        champs |= {"college": mandant.college, "organisation": mandant.organisation}
        participant = inscrire_a_l_atelier(atelier=atelier, champs=champs)
    delegue, _ = Invitation.objects.get_or_create(
        seance=invitation.seance, participant=participant, defaults={"par_delegation": True}
    )
    if delegue.reponse in (Reponse.DECLINE, Reponse.DELEGUE):
        raise ErreurMetier(
            "Cette personne est déjà invitée et a répondu qu’elle ne viendrait pas.",
            champ="courriel",
        )
    return delegue


@transaction.atomic
def lever_delegation(invitation, *, par) -> Invitation:
    """The pilot undoes it: both are told, and the person answers again."""
    seance = verrouiller_seance(invitation.seance)
    exiger(peut_gerer(par, seance.atelier), REFUS)
    invitation = _verrouiller(invitation, seance)
    if seance.etat in FERMEES or not invitation.delegue_id:
        raise TransitionImpossible("Il n’y a plus de délégation à lever.")
    defaire_delegation(invitation, par=par)
    notifications.delegation_levee(invitation, par=par)
    inscrire(journal.DELEGATION_LEVEE, objet=seance.atelier, par=par, seance=seance.titre)
    return invitation


@transaction.atomic
def marquer_obligatoire(invitation, *, obligatoire: bool, par) -> Invitation:
    """Without this person the séance has no point: polls and proposals of dates know it."""
    seance = verrouiller_seance(invitation.seance)
    exiger(peut_gerer(par, seance.atelier), REFUS)
    invitation = _verrouiller(invitation, seance)
    if seance.etat in FERMEES:
        raise TransitionImpossible("La liste des invités n’est plus ouverte.")
    invitation.obligatoire = obligatoire
    invitation.save(update_fields=["obligatoire"])
    cle = journal.INDISPENSABLE if obligatoire else journal.DISPENSABLE
    inscrire(cle, objet=seance.atelier, par=par, seance=seance.titre)
    return invitation
