"""What each analyst thinks of an offer, then what they think together."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ateliers.marche.models.consultation import Critere
from ateliers.marche.models.offre import Offre


class Fiche(models.Model):
    """One analyst on one offer; frozen once handed in, and only then are the others' shown."""

    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="fiches")
    analyste = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rendue_le = models.DateTimeField("rendue le", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "fiche d’analyse"
        verbose_name_plural = "fiches d’analyse"
        constraints = [
            models.UniqueConstraint(fields=["offre", "analyste"], name="fiche_offre_unique")
        ]

    def __str__(self):
        return f"{self.offre}, {self.analyste}"


class NoteOffre(models.Model):
    fiche = models.ForeignKey(Fiche, on_delete=models.CASCADE, related_name="notes")
    critere = models.ForeignKey(Critere, on_delete=models.PROTECT, related_name="+")
    note = models.PositiveSmallIntegerField("note sur 5", validators=[MaxValueValidator(5)])
    remarque = models.TextField("remarque", blank=True)

    class Meta:
        ordering = ["critere__ordre", "pk"]
        verbose_name = "note d’un analyste"
        verbose_name_plural = "notes des analystes"
        constraints = [
            models.UniqueConstraint(fields=["fiche", "critere"], name="note_offre_unique"),
            models.CheckConstraint(
                name="note_offre_sur_cinq",
                condition=Q(note__gte=0, note__lte=5),
                violation_error_message="Une note va de 0 à 5.",
            ),
        ]

    def __str__(self):
        return f"{self.critere} : {self.note}"


class NoteConsensus(models.Model):
    """The note that counts: written together, with what justifies it in the report."""

    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="consensus")
    critere = models.ForeignKey(Critere, on_delete=models.PROTECT, related_name="+")
    note = models.DecimalField(
        "note sur 5",
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
    )
    remarque = models.TextField("appréciation", blank=True)

    class Meta:
        ordering = ["critere__ordre", "pk"]
        verbose_name = "note de consensus"
        verbose_name_plural = "notes de consensus"
        constraints = [
            models.UniqueConstraint(fields=["offre", "critere"], name="note_consensus_unique"),
            models.CheckConstraint(
                name="note_consensus_sur_cinq",
                condition=Q(note__gte=0, note__lte=5),
                violation_error_message="Une note va de 0 à 5.",
            ),
        ]

    def __str__(self):
        return f"{self.critere} : {self.note}"
