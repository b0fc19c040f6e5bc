from django.conf import settings
from django.db import models
from django.db.models import Q


class JoursEquipe(models.Model):
    """Days that somebody of the team gave to a held séance; the mandataire without `membre`."""

    equipe = models.ForeignKey("ateliers.Equipe", on_delete=models.CASCADE, related_name="+")
    membre = models.ForeignKey(
        "ateliers.MembreEquipe", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    jours = models.DecimalField("jours faits", max_digits=4, decimal_places=1)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note_le = models.DateTimeField("noté le", auto_now=True)

    class Meta:
        ordering = ["seance", "pk"]
        verbose_name = "jours faits"
        verbose_name_plural = "jours faits"
        constraints = [
            models.UniqueConstraint(
                fields=["equipe", "seance", "membre"],
                nulls_distinct=False,
                name="jours_equipe_unique",
                violation_error_message="Ces jours sont déjà notés.",
            ),
            models.CheckConstraint(
                name="jours_equipe_plausibles",
                condition=Q(jours__gt=0) & Q(jours__lte=20),
                violation_error_message="Une séance demande de 0,5 à 20 jours à chacun.",
            ),
        ]

    def __str__(self):
        return f"{self.jours} jours"
