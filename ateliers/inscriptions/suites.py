"""An answer given through the invitation frees the place too."""

from ateliers.inscriptions.choix import EtatInscription
from ateliers.inscriptions.domaine.places import retirer
from ateliers.inscriptions.models import Inscription
from ateliers.participants.choix import INVITATION_REPONDUE, INVITATION_RETIREE, Reponse
from socle.abonnes import abonner


def _inscrite(invitation):
    return (
        Inscription.objects.filter(invitation=invitation, etat=EtatInscription.INSCRITE)
        .select_related("inscriptions")
        .first()
    )


def rendre_la_place(invitation) -> None:
    if invitation.reponse != Reponse.DECLINE:
        return
    if inscription := _inscrite(invitation):
        retirer(inscription)


def rendre_la_place_d_un_retire(invitation) -> None:
    """The mail that says so is that of the withdrawal: the person gave nothing back themselves."""
    if inscription := _inscrite(invitation):
        retirer(inscription, prevenir=False)


abonner(INVITATION_REPONDUE, rendre_la_place)
abonner(INVITATION_RETIREE, rendre_la_place_d_un_retire)
