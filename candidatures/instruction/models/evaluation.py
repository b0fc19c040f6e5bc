from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.instruction.choix import NOTE_MAX


class EvaluationsComptees(models.Manager):
    """Without those that a recusal set aside."""

    def get_queryset(self):
        return super().get_queryset().filter(ecartee_le__isnull=True)


class Evaluation(models.Model):
    """A dossier entrusted to one evaluator: a draft until `depose_le`, then unchanged.

    `moyenne` is written at the deposit, so that lists sort and filter on it. Its 20 decimals
    give the exact fraction again: it is rounded only where it is read.
    One that is set aside (`ecartee_le`, because of a recusal) is kept and never counted.
    """

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="evaluations"
    )
    evaluateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confiee_le = models.DateTimeField("confiée le")
    confiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    echeance = models.DateField("attendue avant le", null=True, blank=True)
    synthese = models.TextField("appréciation générale", blank=True)
    modifiee_le = models.DateTimeField("enregistrée le", null=True, blank=True)
    depose_le = models.DateTimeField("déposée le", null=True, blank=True)
    moyenne = models.DecimalField(
        "moyenne pondérée", max_digits=21, decimal_places=20, null=True, editable=False
    )
    revision = models.PositiveIntegerField(default=0)
    revision_synthese = models.PositiveIntegerField(default=0)
    ecartee_le = models.DateTimeField("écartée le", null=True, blank=True)
    ecartee_motif = models.TextField("motif de la mise à l’écart", blank=True)

    objects = models.Manager()
    comptees = EvaluationsComptees()

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "évaluation"
        indexes = [
            models.Index(
                fields=["evaluateur", "candidature"],
                include=["depose_le"],
                condition=Q(ecartee_le__isnull=True),
                name="evaluation_pile",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "evaluateur"],
                name="evaluation_unique_par_evaluateur",
                violation_error_message="Ce dossier est déjà confié à cette personne.",
            ),
            models.CheckConstraint(
                name="evaluation_ecartee_motivee",
                condition=Q(ecartee_le__isnull=True) | Q(ecartee_motif__regex=r"\S"),
                violation_error_message="Une évaluation écartée porte son motif.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature.reference} par {self.evaluateur}"


class NoteCritere(models.Model):
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="notes")
    critere = models.ForeignKey(
        "candidatures.Critere", on_delete=models.PROTECT, related_name="+", verbose_name="critère"
    )
    note = models.PositiveSmallIntegerField("note", null=True, blank=True)
    remarque = models.TextField("remarque", blank=True)
    revision = models.PositiveIntegerField(default=0)
    revision_remarque = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["evaluation", "critere__ordre", "critere"]
        verbose_name = "note par critère"
        verbose_name_plural = "notes par critère"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "critere"], name="note_critere_unique"),
            models.CheckConstraint(
                name="note_critere_bornee",
                condition=Q(note__isnull=True) | Q(note__gte=0, note__lte=NOTE_MAX),
                violation_error_message="Une note va de 0 à 5.",
            ),
        ]

    def __str__(self):
        return f"{self.critere} : {self.note}"
