"""Labels that the DGALN puts on dossiers: a shared thesaurus, and free words. Never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class Etiquette(models.Model):
    nom = models.CharField("étiquette", max_length=60)
    du_thesaurus = models.BooleanField("dans le thésaurus partagé", default=False)
    creee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    creee_le = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        ordering = ["-du_thesaurus", "nom"]
        verbose_name = "étiquette"
        constraints = [
            models.UniqueConstraint(
                Lower("nom"),
                name="etiquette_unique",
                violation_error_message="Cette étiquette existe déjà.",
            ),
            models.CheckConstraint(
                name="etiquette_nommee",
                condition=Q(nom__regex=r"\S"),
                violation_error_message="Donnez un nom à l’étiquette.",
            ),
        ]

    def __str__(self):
        return self.nom


class PoseEtiquette(models.Model):
    """A label on a candidature."""

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.CASCADE, related_name="etiquettes"
    )
    etiquette = models.ForeignKey(Etiquette, on_delete=models.CASCADE, related_name="poses")
    posee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    posee_le = models.DateTimeField("posée le", auto_now_add=True)

    class Meta:
        ordering = ["candidature", "etiquette__nom"]
        verbose_name = "étiquette posée"
        verbose_name_plural = "étiquettes posées"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "etiquette"],
                name="pose_etiquette_unique",
                violation_error_message="Cette étiquette est déjà posée.",
            )
        ]

    def __str__(self):
        return f"{self.etiquette} sur {self.candidature_id}"
