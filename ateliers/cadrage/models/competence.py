"""The skills that the cahier des charges asks of the team."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import Discipline
from ateliers.cadrage.models.cahier import CahierDesCharges

JOURS_AU_PLUS = 400
BORNES = [MinValueValidator(1), MaxValueValidator(JOURS_AU_PLUS)]


def jours_plausibles(nom):
    return models.CheckConstraint(
        name=nom,
        condition=Q(jours__gte=1) & Q(jours__lte=JOURS_AU_PLUS),
        violation_error_message=f"Une compétence demande de 1 à {JOURS_AU_PLUS} jours.",
    )


class CompetenceType(models.Model):
    """What a dispositif usually asks: the first lines of a new cahier des charges."""

    dispositif = models.ForeignKey(
        "candidatures.Dispositif", on_delete=models.CASCADE, related_name="+"
    )
    discipline = models.CharField("discipline", max_length=20, choices=Discipline)
    jours = models.PositiveSmallIntegerField("jours", validators=BORNES)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["dispositif", "ordre", "pk"]
        verbose_name = "compétence type"
        verbose_name_plural = "compétences types"
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "discipline"], name="competence_type_unique"
            ),
            jours_plausibles("competence_type_jours"),
        ]

    def __str__(self):
        return f"{self.get_discipline_display()}, {self.jours} jours"


class CompetenceDemandee(models.Model):
    """One discipline that the team must bring, and the days that it must give."""

    cahier = models.ForeignKey(
        CahierDesCharges, on_delete=models.CASCADE, related_name="competences"
    )
    discipline = models.CharField("discipline", max_length=20, choices=Discipline)
    jours = models.PositiveSmallIntegerField("jours", validators=BORNES)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["cahier", "ordre", "pk"]
        verbose_name = "compétence demandée"
        verbose_name_plural = "compétences demandées"
        constraints = [
            models.UniqueConstraint(
                fields=["cahier", "discipline"],
                name="competence_demandee_unique",
                violation_error_message="Cette discipline est déjà demandée.",
            ),
            jours_plausibles("competence_demandee_jours"),
        ]

    def __str__(self):
        return f"{self.get_discipline_display()}, {self.jours} jours"
