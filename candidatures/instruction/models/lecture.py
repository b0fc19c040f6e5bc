"""What reading leaves: notes in the margin, draws, what a reviewer can take."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Theme


class NoteMarge(models.Model):
    """A note in the margin of a dossier, beside a section: for oneself, or shared with DGALN."""

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="notes_marge"
    )
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ancre = models.CharField("partie du dossier", max_length=60)
    texte = models.TextField("note", blank=True)
    partagee = models.BooleanField("partagée avec la DGALN", default=False)
    revision = models.PositiveIntegerField(default=0)
    modifiee_le = models.DateTimeField("modifiée le", null=True, blank=True)

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "note en marge"
        verbose_name_plural = "notes en marge"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "auteur", "ancre"],
                name="note_marge_unique",
                violation_error_message="Vous avez déjà une note à cet endroit.",
            ),
            models.CheckConstraint(
                name="note_marge_ancree",
                condition=Q(ancre__regex=r"\S"),
                violation_error_message="Une note se place dans une partie du dossier.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature.reference}, {self.ancre}"


class ProfilEvaluateur(models.Model):
    """How many dossiers a reviewer takes, and the themes they know."""

    personne = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    charge_max = models.PositiveSmallIntegerField("nombre de dossiers au plus", null=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes")

    class Meta:
        ordering = ["pk"]
        verbose_name = "profil d’évaluateur"
        verbose_name_plural = "profils d’évaluateurs"
        constraints = [
            models.CheckConstraint(
                name="profil_evaluateur_charge_positive",
                condition=Q(charge_max__isnull=True) | Q(charge_max__gte=1),
                violation_error_message="Un évaluateur prend au moins un dossier.",
            )
        ]

    def __str__(self):
        return str(self.personne)


class Tirage(models.Model):
    """A proposed distribution of the dossiers of an appel: kept or not, always reproducible."""

    appel = models.ForeignKey(Appel, on_delete=models.PROTECT, related_name="+")
    graine = models.PositiveIntegerField("graine")
    parametres = models.JSONField("paramètres")
    proposition = models.JSONField("proposition")
    propose_le = models.DateTimeField("proposé le")
    propose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    garde_le = models.DateTimeField("gardé le", null=True, blank=True)
    garde_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-propose_le", "-pk"]
        verbose_name = "tirage"

    def __str__(self):
        return f"Tirage {self.graine}, {self.appel}"
