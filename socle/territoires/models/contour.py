from django.db import models
from django.db.models import F, Q

from socle.territoires.models.cog import Commune


class ContourCommune(models.Model):
    """The simplified outline of a commune, as `socle.territoires.polyligne` writes it, in degrees.

    Rows come from `importer_contours`. A commune without a row has no known outline nor surface.
    """

    commune = models.OneToOneField(
        Commune, on_delete=models.CASCADE, primary_key=True, related_name="contour"
    )
    geometrie = models.TextField("contour")
    surface_km2 = models.FloatField("surface (km²)")
    ouest = models.FloatField()
    sud = models.FloatField()
    est = models.FloatField()
    nord = models.FloatField()
    millesime = models.PositiveSmallIntegerField("millésime")

    class Meta:
        ordering = ["commune"]
        verbose_name = "contour de commune"
        verbose_name_plural = "contours de communes"
        indexes = [models.Index(fields=["ouest", "est", "sud", "nord"], name="contour_cadre")]
        constraints = [
            models.CheckConstraint(
                name="contour_surface_positive",
                condition=Q(surface_km2__gt=0),
                violation_error_message="Une commune a une surface.",
            ),
            models.CheckConstraint(
                name="contour_cadre_ordonne",
                condition=Q(ouest__lte=F("est"), sud__lte=F("nord")),
                violation_error_message="Le cadre du contour est à l’envers.",
            ),
        ]

    def __str__(self):
        return f"Contour de {self.commune_id}"
