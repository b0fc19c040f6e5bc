"""Verbs from the invitation to the answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal, notifications
from ateliers.participants.choix import INVITATION_REPONDUE, INVITATION_RETIREE, Reponse
from ateliers.participants.domaine.conflits import conflits
from ateliers.participants.domaine.envois import (
    defaire_delegation,
    envoyer,
    rendre_aux_mandants,
    retirer_des_agendas,
)
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.requetes import a_convoquer, invitations_de, invitations_lues
from ateliers.participants.droits import peut_convoquer, peut_gerer
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.choix import EtatSeance
from ateliers.seances.cycle_de_vie import CYCLE_SEANCE
from ateliers.seances.models import Seance
from socle.abonnes import prevenir
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, TransitionImpossible
from socle.journal.domaine import inscrire

FERMEES = (EtatSeance.TENUE, EtatSeance.ANNULEE)


def verrouiller_seance(seance) -> Seance:
    return (
        Seance.objects.select_for_update(of=["self"])
        .select_related("atelier__service_pilote")
        .get(pk=seance.pk)
    )


def _refuser_si_fermee(seance) -> None:
    if seance.etat in FERMEES:
        raise TransitionImpossible(
            f"La séance est dans l’état « {seance.get_etat_display()} » : "
            "la liste des invités n’est plus ouverte."
        )


@transaction.atomic
def inviter(*, seance, participants, par) -> list[Invitation]:
    """Put people on the list of a séance. No mail leaves: `convoquer` does that."""
    seance = verrouiller_seance(seance)
    exiger(peut_gerer(par, seance.atelier), REFUS)
    _refuser_si_fermee(seance)
    deja = set(invitations_de(seance).values_list("participant_id", flat=True))
    voulus = Participant.objects.filter(
        atelier=seance.atelier, pk__in=[p.pk for p in participants]
    ).exclude(pk__in=deja)
    nouvelles = Invitation.objects.bulk_create(
        Invitation(seance=seance, participant=participant) for participant in voulus
    )
    if not nouvelles:
        raise ErreurMetier("Choisissez au moins une personne qui n’est pas encore invitée.")
    inscrire(
        journal.INVITES, objet=seance.atelier, par=par, seance=seance.titre, nombre=len(nouvelles)
    )
    return nouvelles


@transaction.atomic
def retirer_invitation(invitation, *, par) -> None:
    """Take somebody off the list; whoever holds a convocation is told, and their diary cleared."""
    seance = verrouiller_seance(invitation.seance)
    exiger(peut_gerer(par, seance.atelier), REFUS)
    _refuser_si_fermee(seance)
    if Invitation.objects.filter(delegue=invitation.pk).exists():
        raise ErreurMetier("Cette personne en représente une autre : levez d’abord la délégation.")
    if invitation.delegue_id:
        defaire_delegation(invitation, par=par)
    retirer_des_agendas(invitations_de(seance).filter(pk=invitation.pk), par=par)
    prevenir(INVITATION_RETIREE, invitation)
    Invitation.objects.filter(pk=invitation.pk).delete()
    inscrire(journal.DESINVITE, objet=seance.atelier, par=par, seance=seance.titre)


def bloquants(seance, *, par) -> list[Manque]:
    """The conflicts that forbid to publish the date."""
    return [Manque(c.phrase) for c in conflits(seance, par=par) if c.bloquant]


TOUS_CONVOQUES = Manque("Tous les invités qui ont une adresse sont déjà convoqués.")


def manques_convoquer(seance, *, par=None, trouves=None, lignes=None) -> list[Manque]:
    """What stands between the séance and its convocation, told beside the button too.

    `par` reads the names of the other ateliers that he may see. `trouves`, `lignes`: its
    conflicts and invitations, when the page has read them already.
    """
    trouves = conflits(seance, par=par) if trouves is None else trouves
    lignes = list(invitations_lues(seance)) if lignes is None else lignes
    manques = [Manque(c.phrase) for c in trouves if c.bloquant]
    if not (seance.debut_prevu and seance.fin_prevu):
        manques.append(Manque("La date de la séance n’est pas fixée."))
    if not seance.lieu:
        manques.append(Manque("Le lieu de la séance n’est pas indiqué."))
    if not lignes:
        manques.append(Manque("Personne n’est encore invité à cette séance."))
    elif not any(i.participant.courriel and (i.perime or not i.convoque_le) for i in lignes):
        manques.append(TOUS_CONVOQUES)
    return manques


@transaction.atomic
def convoquer(*, seance, par, acquises=None) -> list[Invitation]:
    """Send the convocation, with its .ics, to those who don't know the current date yet.

    `acquises`: participant → (answer, when), what a poll has already told of this date.
    """
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), "Le service pilote envoie les convocations.")
    CYCLE_SEANCE.verifier(seance, "convoquer")
    if manques := manques_convoquer(seance, par=par):
        raise ElementsManquants(manques)
    return envoyer(seance, a_convoquer(seance), par=par, acquises=acquises)


@transaction.atomic
def prevenir_annulation(*, seance, par, motif: str = "") -> list[Invitation]:
    """Tell those who hold a convocation that the séance is cancelled, and clear their diary."""
    seance = verrouiller_seance(seance)
    exiger(peut_convoquer(par, seance.atelier), "Le service pilote prévient les invités.")
    if seance.etat != EtatSeance.ANNULEE:
        raise TransitionImpossible("Seule une séance annulée donne lieu à ce message.")
    invitations = list(
        invitations_de(seance)
        .filter(convoque_le__isnull=False)
        .exclude(participant__courriel="")
        .select_for_update(of=["self"])
    )
    if not invitations:
        raise ErreurMetier("Personne n’a à être prévenu.")
    for invitation in invitations:
        invitation.seance = seance
        invitation.convoque_le = invitation.sequence_recue = None
        notifications.annulation(invitation, par=par, motif=motif)
    Invitation.objects.bulk_update(invitations, ["convoque_le", "sequence_recue"])
    inscrire(
        journal.PREVENUS,
        objet=seance.atelier,
        par=par,
        seance=seance.titre,
        nombre=len(invitations),
        motif=motif,
    )
    return invitations


@transaction.atomic
def repondre(invitation, *, reponse: str, message: str = "", par=None) -> Invitation:
    """The answer of somebody who holds the signed link; may be changed until the séance.

    `par`: who wrote down what was said on the telephone or by post.
    """
    seance = verrouiller_seance(invitation.seance)  # first, as in every verb: no deadlock
    invitation = (
        Invitation.objects.select_for_update(of=["self"])
        .select_related("participant", "delegue")
        .get(pk=invitation.pk)
    )
    invitation.seance = seance
    if invitation.seance.etat in FERMEES:
        raise TransitionImpossible("Cette séance est passée ou annulée : merci de votre intérêt.")
    if reponse not in (Reponse.ACCEPTE, Reponse.PEUT_ETRE, Reponse.DECLINE):
        raise ErreurMetier("Indiquez si vous venez ou non.")
    if invitation.delegue_id:
        defaire_delegation(invitation, par=None)
    invitation.reponse, invitation.repondu_le = reponse, timezone.now()
    invitation.message, invitation.delegue_refuse_le = message.strip()[:400], None
    invitation.save(update_fields=["reponse", "repondu_le", "message", "delegue_refuse_le"])
    if reponse == Reponse.DECLINE:
        rendre_aux_mandants(invitation, par=par)
    inscrire(
        journal.REPONDU,
        objet=invitation.seance,
        par=par,
        reponse=invitation.get_reponse_display().lower(),
    )
    prevenir(INVITATION_REPONDUE, invitation)
    return invitation
