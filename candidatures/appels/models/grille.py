"""Scoring grids are data: no public one exists."""

import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Grille(models.Model):
    nom = models.CharField("nom", max_length=120, unique=True)
    note_max = models.PositiveSmallIntegerField("note maximale", default=5)
    numero = models.PositiveSmallIntegerField("version", default=1)
    precedente = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["nom"]
        verbose_name = "grille"

    def __str__(self):
        """Without the number that keeps the names apart."""
        return re.sub(r" \(\d+\)\Z", "", self.nom)


class Critere(models.Model):
    grille = models.ForeignKey(Grille, on_delete=models.CASCADE, related_name="criteres")
    libelle = models.CharField("libellé", max_length=160)
    aide = models.TextField("aide", blank=True)
    poids = models.PositiveSmallIntegerField("poids", default=1)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    ancres = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name="niveaux de 0 à 5, en mots",
    )

    class Meta:
        ordering = ["grille", "ordre", "pk"]
        verbose_name = "critère"
        constraints = [
            models.UniqueConstraint(fields=["grille", "libelle"], name="critere_libelle_unique"),
            models.CheckConstraint(
                name="critere_ancres_completes",
                condition=Q(ancres=[]) | Q(ancres__len=6),
                violation_error_message="Un critère dit ses six niveaux, ou aucun.",
            ),
            models.CheckConstraint(
                name="critere_poids_positif",
                condition=Q(poids__gte=1),
                violation_error_message="Le poids d’un critère vaut au moins 1.",
            ),
        ]

    def __str__(self):
        return self.libelle
