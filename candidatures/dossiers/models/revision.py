"""Every value that a field of the note ever took, and by whom. Rows are only added."""

from django.conf import settings
from django.db import models

from candidatures.dossiers.models.candidature import Candidature


class RevisionChamp(models.Model):
    """One accepted save of one field. The highest `revision` of a field is its current value.

    Revision 0 is what the field held before its first save here, if it held something.
    """

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="revisions")
    champ = models.CharField("champ", max_length=80)
    revision = models.PositiveIntegerField("révision")
    valeur = models.TextField("valeur", blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="par",
    )
    le = models.DateTimeField("le")

    class Meta:
        ordering = ["candidature", "champ", "-revision"]
        verbose_name = "révision d’un champ"
        verbose_name_plural = "révisions des champs"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "champ", "revision"], name="revision_champ_unique"
            )
        ]

    def __str__(self):
        return f"{self.champ}, révision {self.revision}"
