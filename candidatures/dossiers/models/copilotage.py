from django.conf import settings
from django.db import models

from candidatures.dossiers.models.candidature import Candidature


class Copilotage(models.Model):
    """A second State service that pilots the candidature with the first, by an explicit act.

    What a service sees because of the perimeter is computed and never stored here.
    """

    candidature = models.ForeignKey(
        Candidature, on_delete=models.CASCADE, related_name="copilotages"
    )
    organisme = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    motif = models.CharField("motif", max_length=300)
    designe_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    designe_le = models.DateTimeField("désigné le", auto_now_add=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "copilotage"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "organisme"],
                name="copilotage_unique",
                violation_error_message="Ce service copilote déjà la candidature.",
            )
        ]

    def __str__(self):
        return str(self.organisme)
