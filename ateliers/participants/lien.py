"""The signed link of an invitation: who holds it may answer, without an account."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ateliers.participants.models import Invitation

_SIGNATURE = Signer(salt="ateliers.participants.invitation")


def jeton(invitation: Invitation) -> str:
    return _SIGNATURE.sign(str(invitation.pk))


def chemin(invitation: Invitation) -> str:
    return reverse("ateliers:repondre", kwargs={"jeton": jeton(invitation)})


def invitations_du_jeton(texte: str):
    """The one invitation that was signed, as a queryset (empty when the link was altered)."""
    toutes = Invitation.objects.select_related(
        "seance__atelier", "participant", "delegue__participant"
    )
    try:
        return toutes.filter(pk=_SIGNATURE.unsign(texte))
    except (BadSignature, ValueError):
        return toutes.none()
