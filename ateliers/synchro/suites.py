"""A séance that moves reaches the diaries at once, without waiting for the next round."""

from django.db import transaction

from ateliers.participants.choix import INVITATION_REPONDUE, INVITATION_RETIREE
from ateliers.synchro.domaine.taches import synchroniser_seance
from socle.abonnes import SEANCE, abonner


def _annoncer(seance) -> None:
    transaction.on_commit(lambda: synchroniser_seance.delay(seance.pk), robust=True)


def _de_l_invitation(invitation) -> None:
    _annoncer(invitation.seance)


abonner(SEANCE, _annoncer)
abonner(INVITATION_RETIREE, _de_l_invitation)
abonner(INVITATION_REPONDUE, _de_l_invitation)
