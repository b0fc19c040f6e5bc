from django.conf import settings
from django.db import models
from django.db.models import Q

from restitution.feuilles.choix import Avancement
from restitution.suivi.choix import GenreSuite, MoisEtape


class ConstatAvancement(models.Model):
    """What somebody saw of an action at a date, with the evidence. The newest one is current."""

    action = models.ForeignKey(
        "restitution.Action", on_delete=models.CASCADE, related_name="constats"
    )
    avancement = models.CharField("avancement", max_length=20, choices=Avancement)
    note = models.TextField("ce qui le montre")
    constate_le = models.DateField("constaté le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-constate_le", "-pk"]
        verbose_name = "constat d’avancement"
        verbose_name_plural = "constats d’avancement"
        constraints = [
            models.CheckConstraint(
                name="constat_avec_preuve",
                condition=~Q(note=""),
                violation_error_message="Dites en une phrase ce qui montre cet avancement.",
            ),
        ]

    def __str__(self):
        return f"{self.action} : {self.get_avancement_display()}"


class PointEtape(models.Model):
    """A meeting that looks back on the feuille de route 6, 12 or 24 months after."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="points_etape"
    )
    mois = models.PositiveSmallIntegerField("échéance", choices=MoisEtape)
    tenu_le = models.DateField("tenu le")
    synthese = models.TextField("synthèse")
    presents = models.TextField("présents", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["feuille", "mois"]
        verbose_name = "point d’étape"
        verbose_name_plural = "points d’étape"
        constraints = [
            models.UniqueConstraint(
                fields=["feuille", "mois"],
                name="point_etape_unique",
                violation_error_message="Ce point d’étape a déjà eu lieu.",
            ),
            models.CheckConstraint(
                name="point_etape_mois_connu",
                condition=Q(mois__in=MoisEtape.values),
                violation_error_message="Un point d’étape a lieu à 6, 12 ou 24 mois.",
            ),
        ]

    def __str__(self):
        return f"Point d’étape {self.get_mois_display().lower()}"


class Suite(models.Model):
    """What the atelier led to: a study, an OAP, a contract, an operation."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="suites"
    )
    action = models.ForeignKey(
        "restitution.Action",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="suites",
        verbose_name="action concernée",
    )
    genre = models.CharField("genre", max_length=20, choices=GenreSuite)
    titre = models.CharField("titre", max_length=200)
    date = models.DateField("date")
    lien = models.URLField("lien", blank=True)
    description = models.TextField("description", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = "suite"
        verbose_name_plural = "suites"
        constraints = [
            models.CheckConstraint(
                name="suite_titre_rempli",
                condition=~Q(titre=""),
                violation_error_message="Donnez un titre à la suite.",
            ),
        ]

    def __str__(self):
        return self.titre
