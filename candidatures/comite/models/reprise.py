from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.comite.models.comite import Comite


class DossierRepris(models.Model):
    """A dossier that a closed committee deliberated, and that a new one takes again, with why."""

    comite = models.ForeignKey(Comite, on_delete=models.CASCADE, related_name="reprises")
    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="+"
    )
    motif = models.TextField("motif de la reprise")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("le")

    class Meta:
        ordering = ["comite", "candidature"]
        verbose_name = "dossier repris"
        verbose_name_plural = "dossiers repris"
        constraints = [
            models.UniqueConstraint(
                fields=["comite", "candidature"],
                name="dossier_repris_unique",
                violation_error_message="Ce dossier est déjà repris par ce comité.",
            ),
            models.CheckConstraint(
                name="dossier_repris_motive",
                condition=Q(motif__regex=r"\S"),
                violation_error_message="Dites pourquoi ces dossiers sont repris.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature_id}, repris"
