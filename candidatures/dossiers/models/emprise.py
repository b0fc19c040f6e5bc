from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from candidatures.dossiers.models.candidature import Candidature
from socle.territoires.domaine.traces import POINTS_MAX

PARCELLES_MAX = 500


class Emprise(models.Model):
    """The outline of the project and its cadastral parcels, beside the perimeter of communes.

    `trace` is a GeoJSON MultiPolygon in degrees; its surface, points and `departements` (codes)
    are derived from it by the verbs. Kept apart from Candidature: lists never read it.
    """

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="emprises")
    trace = models.JSONField("tracé", null=True, blank=True)
    surface_ha = models.FloatField("surface (ha)", null=True, blank=True)
    points = models.PositiveIntegerField("points", default=0)
    departements = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    deborde = models.BooleanField("déborde des départements du périmètre", default=False)
    parcelles = ArrayField(
        models.CharField(max_length=14), default=list, blank=True, verbose_name="parcelles"
    )

    class Meta:
        ordering = ["candidature"]
        verbose_name = "emprise du projet"
        verbose_name_plural = "emprises de projets"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature"],
                name="emprise_unique",
                violation_error_message="La candidature a déjà une emprise.",
            ),
            models.CheckConstraint(
                name="emprise_points_bornes",
                condition=Q(points__lte=POINTS_MAX),
                violation_error_message="Le contour compte trop de points.",
            ),
            models.CheckConstraint(
                name="emprise_parcelles_bornees",
                condition=Q(parcelles__len__lte=PARCELLES_MAX),
                violation_error_message="La liste compte trop de parcelles.",
            ),
        ]

    def __str__(self):
        return f"Emprise de {self.candidature_id}"
