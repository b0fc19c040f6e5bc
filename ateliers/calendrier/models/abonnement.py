from django.conf import settings
from django.db import models
from django.db.models import Q


class AbonnementAgenda(models.Model):
    """A personal feed: whoever holds the address reads it, so only its hash is kept."""

    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    nom = models.CharField("nom", max_length=80)
    empreinte = models.CharField(max_length=64, unique=True, editable=False)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "abonnement à l’agenda"
        verbose_name_plural = "abonnements à l’agenda"
        constraints = [
            models.CheckConstraint(
                name="abonnement_empreinte_entiere",
                condition=Q(empreinte__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="L’adresse d’un abonnement ne se garde qu’en empreinte.",
            )
        ]

    def __str__(self):
        return self.nom
