from django.db import models

from socle.comptes.models import Invitation


class InvitationEquipe(Invitation):
    """A person of the chosen team; the account is that of an organisme of the team."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    organisme = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")

    class Meta(Invitation.Meta):
        verbose_name = "invitation dans l’équipe"
        verbose_name_plural = "invitations dans l’équipe"
        constraints = Invitation.contraintes("invitation_equipe", "atelier")
