from django.conf import settings
from django.db import models


class Entree(models.Model):
    """One act on one object: who, what, when, why. Append-only (a trigger refuses changes)."""

    action = models.CharField(max_length=80)
    objet_type = models.CharField(max_length=60)
    objet_id = models.CharField(max_length=40)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    quand = models.DateTimeField()
    motif = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-quand", "-pk"]
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        indexes = [models.Index(fields=["objet_type", "objet_id", "-quand"], name="journal_objet")]

    def __str__(self):
        return f"{self.action} {self.objet_type} {self.objet_id}"
