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


class SignatureConvocation(models.Model):
    """Who signs the letters of a séance: a letter of the State bears a name and a quality."""

    seance = models.OneToOneField("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    nom = models.CharField("nom du signataire", max_length=160)
    qualite = models.CharField("qualité du signataire", max_length=200)

    class Meta:
        verbose_name = "signature de convocation"
        verbose_name_plural = "signatures de convocation"
        constraints = [
            models.CheckConstraint(
                name="signature_convocation_complete",
                condition=models.Q(nom__regex=r"\S") & models.Q(qualite__regex=r"\S"),
                violation_error_message="Une lettre porte le nom et la qualité de qui la signe.",
            )
        ]

    def __str__(self):
        return f"{self.nom}, {self.qualite}"
