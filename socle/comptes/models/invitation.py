from django.conf import settings
from django.db import models
from django.db.models import Q

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class Invitation(models.Model):
    """Somebody invited by mail to open their account. The signed link proves the address.

    Each room has its own table, with what the invitation is about.
    """

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
        abstract = True
        ordering = ["pk"]

    def __str__(self):
        return f"{self.prenom} {self.nom}".strip() or self.courriel

    @staticmethod
    def contraintes(nom: str, *objet: str) -> list:
        """One invitation waits per address and object; an accepted one names its account."""
        return [
            models.UniqueConstraint(
                fields=[*objet, "courriel"],
                condition=Q(revoque_le__isnull=True),
                name=f"{nom}_unique",
                violation_error_message="Cette personne est déjà invitée.",
            ),
            models.CheckConstraint(
                name=f"{nom}_acceptee",
                condition=Q(accepte_le__isnull=True, utilisateur__isnull=True)
                | Q(accepte_le__isnull=False, utilisateur__isnull=False),
                violation_error_message="Une invitation acceptée désigne un compte.",
            ),
        ]
