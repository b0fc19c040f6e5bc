from django.conf import settings
from django.db import models

from ateliers.contributions.models.contribution import Contribution


class ApparitionPhoto(models.Model):
    """Somebody whom the photo of a contribution shows.

    Who leaves the atelier leaves their name, not the photo: without `participant` it stays held.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="apparitions"
    )
    participant = models.ForeignKey(
        "ateliers.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    nommee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    nommee_le = models.DateTimeField("nommée le", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "présence sur une photo"
        verbose_name_plural = "présences sur les photos"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "participant"], name="apparition_photo_unique"
            )
        ]

    def __str__(self):
        return str(self.participant or "Personne qui n’est plus dans l’atelier")
