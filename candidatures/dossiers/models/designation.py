from django.conf import settings
from django.db import models

from candidatures.dossiers.models.candidature import Candidature


class Designation(models.Model):
    """The regional service that answers for this candidature instead of the deduced DREAL.

    It counts while the perimeter touches its region; the deduced one is never stored.
    """

    candidature = models.ForeignKey(
        Candidature, on_delete=models.CASCADE, related_name="designations"
    )
    region = models.ForeignKey("territoires.Region", on_delete=models.PROTECT, related_name="+")
    organisme = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    motif = models.CharField("motif", max_length=300)
    designee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    designee_le = models.DateTimeField("désignée le", auto_now=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "désignation d’une DREAL"
        verbose_name_plural = "désignations de DREAL"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "region"],
                name="designation_une_par_region",
                violation_error_message="Une DREAL est déjà désignée pour cette région.",
            )
        ]

    def __str__(self):
        return str(self.organisme)
