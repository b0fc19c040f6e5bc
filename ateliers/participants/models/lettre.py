from django.db import models

from candidatures.dispositifs.choix import College


class TexteConvocation(models.Model):
    """The paragraph of the letter that is proper to a college; without `college`, to the others."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    college = models.CharField("collège", max_length=30, choices=College, blank=True)
    texte = models.TextField("texte", max_length=3000)

    class Meta:
        ordering = ["pk"]
        verbose_name = "texte de convocation"
        verbose_name_plural = "textes de convocation"
        constraints = [
            models.UniqueConstraint(fields=["seance", "college"], name="texte_convocation_unique")
        ]

    def __str__(self):
        return self.get_college_display() or "Tous les collèges"
