from django.conf import settings
from django.db import models
from django.db.models import Q

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class InvitationEvaluateur(models.Model):
    """Somebody whom the DGALN invites to evaluate. The signed link proves the address, and opens
    an evaluator’s account; which dossiers they read is decided afterwards.
    """

    courriel = models.EmailField("adresse électronique")
    prenom = models.CharField("prénom", max_length=80)
    nom = models.CharField("nom", max_length=80)
    organisme = models.CharField("organisme", max_length=200, blank=True)
    invite_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    invite_le = models.DateTimeField("invité le")
    expire_le = models.DateTimeField("expire le")
    accepte_le = models.DateTimeField("accepté le", null=True, blank=True)
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "invitation à évaluer"
        verbose_name_plural = "invitations à évaluer"
        constraints = [
            models.UniqueConstraint(
                fields=["courriel"],
                condition=Q(revoque_le__isnull=True),
                name="invitation_evaluateur_unique",
                violation_error_message="Cette personne est déjà invitée.",
            ),
            models.CheckConstraint(
                name="invitation_evaluateur_acceptee",
                condition=Q(accepte_le__isnull=True, utilisateur__isnull=True)
                | Q(accepte_le__isnull=False, utilisateur__isnull=False),
                violation_error_message="Une invitation acceptée désigne un compte.",
            ),
        ]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip() or self.courriel
