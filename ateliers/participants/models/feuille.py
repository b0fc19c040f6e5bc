from django.conf import settings
from django.db import models


class FeuilleSignee(models.Model):
    """The sheet signed at the door, scanned: the proof of who came."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    fichier = models.FileField("feuille signée", upload_to="emargements/%Y/%m/")
    nom = models.CharField("nom du fichier", max_length=160)
    mime = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joint_le = models.DateTimeField("jointe le", auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "feuille d’émargement signée"
        verbose_name_plural = "feuilles d’émargement signées"
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "sha256"],
                name="feuille_signee_unique",
                violation_error_message="Ce fichier est déjà joint.",
            )
        ]

    def __str__(self):
        return self.nom
