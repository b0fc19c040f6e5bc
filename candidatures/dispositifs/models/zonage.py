"""Zonings and risks that bear on the communes, as imported lists say; never typed by hand."""

from django.db import models
from django.db.models import Q

from candidatures.dispositifs.choix import NatureZonage


class Zonage(models.Model):
    """One zoning on one commune. `precision` tells two plans of the same nature apart."""

    nature = models.CharField("nature", max_length=12, choices=NatureZonage)
    commune = models.ForeignKey("territoires.Commune", on_delete=models.PROTECT, related_name="+")
    precision = models.CharField("précision", max_length=160, blank=True)
    date = models.DateField("date d’effet", null=True, blank=True)
    source = models.CharField("source", max_length=200)
    importe_le = models.DateTimeField("importé le", auto_now_add=True)

    class Meta:
        ordering = ["nature", "commune", "pk"]
        verbose_name = "zonage ou risque"
        verbose_name_plural = "zonages et risques"
        constraints = [
            models.CheckConstraint(
                name="zonage_nature_connue",
                condition=Q(nature__in=NatureZonage.values),
                violation_error_message="Ce zonage n’existe pas.",
            ),
            models.UniqueConstraint(
                fields=["nature", "commune", "precision"],
                name="zonage_unique",
                violation_error_message="Ce zonage est déjà connu sur cette commune.",
            ),
        ]

    def __str__(self):
        return f"{self.get_nature_display()} : {self.commune}"
