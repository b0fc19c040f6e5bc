from django.conf import settings
from django.db import models

from candidatures.dossiers.models.candidature import Candidature


class VersionNote(models.Model):
    """The whole dossier as it was at one moment, hashed. Never changed afterwards."""

    candidature = models.ForeignKey(Candidature, on_delete=models.PROTECT, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    contenu = models.JSONField("contenu")
    sha256 = models.CharField("empreinte", max_length=64)
    figee_le = models.DateTimeField("figée le")
    figee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    motif = models.CharField("motif", max_length=200)

    class Meta:
        ordering = ["candidature", "-numero"]
        verbose_name = "version de la note"
        verbose_name_plural = "versions de la note"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "numero"], name="version_note_unique")
        ]

    def __str__(self):
        return f"{self.candidature.reference}, version {self.numero}"
