"""When a livrable is due after its séance, and the alerts already sent."""

from django.db import models

from ateliers.livrables.choix import Palier
from ateliers.livrables.models.livrable import Livrable


class DelaiLivrable(models.Model):
    """Days given after the séance, by kind of livrable: data of the dispositif."""

    livrable_type = models.OneToOneField(
        "candidatures.LivrableType", on_delete=models.CASCADE, related_name="+"
    )
    jours = models.PositiveSmallIntegerField("jours après la séance")

    class Meta:
        verbose_name = "délai de livrable"
        verbose_name_plural = "délais des livrables"

    def __str__(self):
        return f"{self.livrable_type} : {self.jours} jours"


class AlerteLivrable(models.Model):
    """One alert, once for one due date; a new due date has alerts of its own."""

    livrable = models.ForeignKey(Livrable, on_delete=models.CASCADE, related_name="alertes")
    palier = models.CharField("palier", max_length=10, choices=Palier)
    echeance = models.DateField("échéance")
    envoyee_le = models.DateTimeField("envoyée le", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "alerte"
        constraints = [
            models.UniqueConstraint(
                fields=["livrable", "palier", "echeance"],
                name="alerte_livrable_unique",
                violation_error_message="Cette alerte est déjà partie.",
            )
        ]

    def __str__(self):
        return f"{self.livrable}, {self.get_palier_display()}"
