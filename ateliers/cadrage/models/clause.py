"""The library of clauses, kept by DGALN: each text is a version that never changes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import PartieCahier, TableauCahier

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class Clause(models.Model):
    """What a cahier des charges says of one matter, for some dispositifs."""

    cle = models.SlugField("clé", max_length=50, unique=True)
    partie = models.CharField("partie", max_length=20, choices=PartieCahier)
    dispositifs = models.ManyToManyField(
        "candidatures.Dispositif", related_name="+", verbose_name="dispositifs"
    )
    facultative = models.BooleanField("facultative", default=False)
    tableau = models.CharField(
        "tableau joint au texte", max_length=20, choices=TableauCahier, blank=True
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    retiree_le = models.DateTimeField("retirée le", null=True, blank=True)
    retiree_par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    motif_retrait = models.TextField("motif du retrait", blank=True)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "clause"
        constraints = [
            models.CheckConstraint(
                name="clause_retrait_motive",
                condition=Q(retiree_le__isnull=True)
                | (Q(retiree_par__isnull=False) & ~Q(motif_retrait="")),
                violation_error_message="Une clause retirée dit par qui et pourquoi.",
            )
        ]

    def __str__(self):
        return self.cle


class VersionClause(models.Model):
    """One text of a clause. Never changed: a new text makes a new version."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    titre = models.CharField("titre", max_length=160)
    texte = models.TextField("texte")
    motif = models.CharField("ce qui change", max_length=200, blank=True)
    publiee_le = models.DateTimeField("publiée le")
    publiee_par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, **PERSONNE)

    class Meta:
        ordering = ["clause", "-numero"]
        verbose_name = "version de clause"
        verbose_name_plural = "versions de clause"
        constraints = [
            models.UniqueConstraint(fields=["clause", "numero"], name="version_clause_unique")
        ]

    def __str__(self):
        return f"{self.titre}, version {self.numero}"
