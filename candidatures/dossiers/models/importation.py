from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.appels.models import Appel


class ImportCandidatures(models.Model):
    """A table read and checked, then imported once. It keeps the rows, not the file."""

    appel = models.ForeignKey(Appel, on_delete=models.PROTECT, related_name="+")
    nom = models.CharField("fichier", max_length=160)
    sha256 = models.CharField("empreinte", max_length=64)
    table = models.JSONField("lignes lues")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("lu le", auto_now_add=True)
    importe_le = models.DateTimeField("importé le", null=True, blank=True)
    nombre = models.PositiveIntegerField("candidatures importées", default=0)

    class Meta:
        ordering = ["-le"]
        verbose_name = "import de candidatures"
        verbose_name_plural = "imports de candidatures"
        constraints = [
            models.CheckConstraint(
                name="import_candidatures_compte",
                condition=Q(importe_le__isnull=False) | Q(nombre=0),
                violation_error_message="Un fichier non importé ne compte aucune candidature.",
            )
        ]

    def __str__(self):
        return self.nom
