"""Who has a place is a participant, invited and coming, like the others."""

from __future__ import annotations

from django.utils import timezone

from ateliers.participants.choix import Reponse
from ateliers.participants.domaine.invitations import FERMEES, repondre
from ateliers.participants.domaine.rattachement import inscrire_a_l_atelier
from ateliers.participants.models import Invitation, Participant
from ateliers.seances.domaine.numeros import renumeroter


def inviter_inscrit(inscription) -> Invitation:
    seance = inscription.inscriptions.seance
    participant = Participant.objects.filter(
        atelier=seance.atelier, courriel__iexact=inscription.courriel
    ).first()
    if participant is None:
        cles = ("prenom", "nom", "courriel", "college", "organisation")
        champs = {cle: getattr(inscription, cle) for cle in cles}
        participant = inscrire_a_l_atelier(atelier=seance.atelier, champs=champs)
    invitation, _ = Invitation.objects.get_or_create(seance=seance, participant=participant)
    if invitation.reponse != Reponse.ACCEPTE:
        invitation = repondre(invitation, reponse=Reponse.ACCEPTE)
    renumeroter(seance)
    invitation.seance = seance
    invitation.convoque_le, invitation.sequence_recue = timezone.now(), seance.sequence_ical
    invitation.save(update_fields=["convoque_le", "sequence_recue"])
    return invitation


def rendre_invitation(invitation) -> None:
    """They no longer come: the attendance sheet knows it."""
    if invitation.reponse == Reponse.ACCEPTE and invitation.seance.etat not in FERMEES:
        repondre(invitation, reponse=Reponse.DECLINE)
