from django.db import models
from django.db.models import Q

from candidatures.dispositifs.choix import College, GenreSeance


class QuorumCollege(models.Model):
    """How many people of a college a dispositif wants in each séance of a kind."""

    dispositif = models.ForeignKey(
        "candidatures.Dispositif", on_delete=models.CASCADE, related_name="+"
    )
    genre = models.CharField("genre de séance", max_length=20, choices=GenreSeance)
    college = models.CharField("collège", max_length=30, choices=College)
    minimum = models.PositiveSmallIntegerField("au moins")

    class Meta:
        ordering = ["pk"]
        verbose_name = "quorum d’un collège"
        verbose_name_plural = "quorums des collèges"
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "genre", "college"], name="quorum_college_unique"
            ),
            models.CheckConstraint(
                name="quorum_college_positif",
                condition=Q(minimum__gte=1),
                violation_error_message="Un quorum est d’au moins une personne.",
            ),
        ]

    def __str__(self):
        return f"{self.get_college_display()} : {self.minimum}"
