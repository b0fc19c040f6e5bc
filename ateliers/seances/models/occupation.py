"""What a dated séance takes: its team and its room, over [start, end)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from ateliers.seances.choix import GenreConflit, GenreOccupation, Severite


def _egal(champ):
    """Equality through a built-in range: it asks for no extension of PostgreSQL."""
    return Func(F(champ), F(champ), Value("[]"), function="int8range")


class Occupation(models.Model):
    """Written only by the verbs that date a séance; `ferme` from its publication on."""

    seance = models.ForeignKey(
        "ateliers.Seance", on_delete=models.CASCADE, related_name="occupations"
    )
    genre = models.CharField("genre", max_length=10, choices=GenreOccupation)
    organisme = models.ForeignKey(
        "comptes.Organisme", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    lieu = models.ForeignKey(
        "ateliers.Lieu", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    periode = DateTimeRangeField("période")
    ferme = models.BooleanField("publiée", default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "occupation"
        constraints = [
            models.CheckConstraint(
                name="occupation_un_objet",
                condition=Q(genre="equipe", organisme__isnull=False, lieu__isnull=True)
                | Q(genre="lieu", organisme__isnull=True, lieu__isnull=False),
                violation_error_message="Une occupation est celle d’une équipe ou d’un lieu.",
            ),
            ExclusionConstraint(
                name="occupation_equipe_une_fois",
                expressions=[
                    (_egal("organisme"), RangeOperators.OVERLAPS),
                    ("periode", RangeOperators.OVERLAPS),
                ],
                condition=Q(genre="equipe", ferme=True),
                violation_error_message="Cette équipe est déjà retenue à ce moment.",
            ),
            ExclusionConstraint(
                name="occupation_lieu_une_fois",
                expressions=[
                    (_egal("lieu"), RangeOperators.OVERLAPS),
                    ("periode", RangeOperators.OVERLAPS),
                ],
                condition=Q(genre="lieu", ferme=True),
                violation_error_message="Ce lieu est déjà retenu à ce moment.",
            ),
        ]

    def __str__(self):
        return f"{self.organisme or self.lieu} : {self.seance}"


class RegleConflit(models.Model):
    """How serious each kind of conflict is; without a row, the default of `choix`."""

    genre = models.CharField("conflit", max_length=10, choices=GenreConflit, unique=True)
    severite = models.CharField("sévérité", max_length=10, choices=Severite)

    class Meta:
        ordering = ["pk"]
        verbose_name = "règle de conflit"
        verbose_name_plural = "règles de conflit"

    def __str__(self):
        return f"{self.get_genre_display()} : {self.get_severite_display()}"
