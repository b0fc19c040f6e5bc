from django.conf import settings
from django.db import models
from django.db.models import Q

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class InvitationEquipe(models.Model):
    """A person of the chosen team, invited by mail to open their account. The link proves the
    address; the account is that of an organisme of the team.
    """

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    organisme = models.ForeignKey("comptes.Organisme", **PERSONNE)
    courriel = models.EmailField("adresse électronique")
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    invite_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    invite_le = models.DateTimeField("invité le")
    expire_le = models.DateTimeField("expire le")
    accepte_le = models.DateTimeField("accepté le", null=True, blank=True)
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "invitation dans l’équipe"
        verbose_name_plural = "invitations dans l’équipe"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier", "courriel"],
                condition=Q(revoque_le__isnull=True),
                name="invitation_equipe_unique",
                violation_error_message="Cette personne est déjà invitée.",
            ),
            models.CheckConstraint(
                name="invitation_equipe_acceptee",
                condition=Q(accepte_le__isnull=True, utilisateur__isnull=True)
                | Q(accepte_le__isnull=False, utilisateur__isnull=False),
                violation_error_message="Une invitation acceptée désigne un compte.",
            ),
        ]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip() or self.courriel
