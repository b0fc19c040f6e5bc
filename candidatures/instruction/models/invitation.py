from django.db import models

from socle.comptes.models import Invitation


class InvitationEvaluateur(Invitation):
    """Somebody whom the DGALN invites to evaluate; which dossiers they read is decided later."""

    organisme = models.CharField("organisme", max_length=200, blank=True)

    class Meta(Invitation.Meta):
        verbose_name = "invitation à évaluer"
        verbose_name_plural = "invitations à évaluer"
        constraints = Invitation.contraintes("invitation_evaluateur")
