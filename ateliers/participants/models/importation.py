from django.conf import settings
from django.db import models


class ImportParticipants(models.Model):
    """A table read from a file: its report is shown before anything is written."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    nom = models.CharField("fichier", max_length=200)
    # Names and addresses: emptied as soon as the lines are imported.
    table = models.JSONField("tableau")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("lu le", auto_now_add=True)
    importe_le = models.DateTimeField("importé le", null=True, blank=True)
    ajoutes = models.PositiveIntegerField("ajoutés", default=0)
    corriges = models.PositiveIntegerField("corrigés", default=0)

    class Meta:
        ordering = ["-le", "-pk"]
        verbose_name = "import de participants"
        verbose_name_plural = "imports de participants"

    def __str__(self):
        return self.nom
