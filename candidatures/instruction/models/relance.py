from django.db import models
from django.db.models import Q

from candidatures.instruction.choix import JalonRelance
from candidatures.instruction.models.avis import Avis


class RelanceAvis(models.Model):
    """A reminder sent to an organisation that has not answered."""

    avis = models.ForeignKey(Avis, on_delete=models.CASCADE, related_name="relances")
    jalon = models.CharField("jalon", max_length=10, choices=JalonRelance)
    le = models.DateTimeField("le", auto_now_add=True)
    lot = models.ForeignKey(
        "courriels.LotCourriels",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="envoi groupé",
    )

    class Meta:
        ordering = ["avis", "le"]
        verbose_name = "relance d’avis"
        verbose_name_plural = "relances d’avis"
        constraints = [
            models.UniqueConstraint(
                fields=["avis", "jalon"],
                condition=~Q(jalon=JalonRelance.MANUELLE),
                name="relance_avis_unique",
                violation_error_message="Cette relance est déjà partie.",
            )
        ]

    def __str__(self):
        return f"{self.avis_id}, {self.get_jalon_display()}"
