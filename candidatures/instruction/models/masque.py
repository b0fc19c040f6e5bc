from django.conf import settings
from django.db import models


class NomsMasques(models.Model):
    """What else hides a dossier in a blind reading, one name a line: only people know them all."""

    candidature = models.OneToOneField(
        "candidatures.Candidature",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="noms_masques",
    )
    noms = models.TextField("autres noms à masquer", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("le", auto_now=True)

    class Meta:
        verbose_name = "noms à masquer"
        verbose_name_plural = "noms à masquer"

    def __str__(self):
        return f"{self.candidature_id} : {len(self.liste)}"

    @property
    def liste(self) -> list[str]:
        return [nom for ligne in self.noms.splitlines() if len(nom := ligne.strip()) > 1]
