from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import NatureContrat, NatureDepense

CENTIME = Decimal("0.01")


class Contrat(models.Model):
    """A contract with the team; the avenants change its amount."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    nature = models.CharField("nature", max_length=20, choices=NatureContrat)
    numero = models.CharField("numéro", max_length=60)
    objet = models.CharField("objet", max_length=200, blank=True)
    titulaire = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    accord_cadre = models.ForeignKey(
        "ateliers.AccordCadre", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    montant_ht = models.DecimalField("montant HT", max_digits=12, decimal_places=2)
    taux_tva = models.DecimalField(
        "taux de TVA (%)",
        max_digits=4,
        decimal_places=2,
        default=Decimal("20.00"),
        validators=[MinValueValidator(0), MaxValueValidator(30)],
    )
    notifie_le = models.DateField("notifié le", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "contrat"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier", "numero"],
                name="contrat_numero_unique",
                violation_error_message="Ce numéro de contrat existe déjà.",
            ),
            models.CheckConstraint(
                name="contrat_montant_positif",
                condition=Q(montant_ht__gt=0) & Q(taux_tva__gte=0) & Q(taux_tva__lte=30),
                violation_error_message="Le montant est positif et la TVA entre 0 et 30 %.",
            ),
        ]

    def __str__(self):
        return f"{self.get_nature_display()} {self.numero}"

    @property
    def total_ht(self):
        return self.montant_ht + sum((a.montant_ht for a in self.avenants.all()), Decimal(0))

    @property
    def montant_tva(self):
        return (self.total_ht * self.taux_tva / 100).quantize(CENTIME)

    @property
    def total_ttc(self):
        return self.total_ht + self.montant_tva


class Avenant(models.Model):
    contrat = models.ForeignKey(Contrat, on_delete=models.CASCADE, related_name="avenants")
    numero = models.PositiveSmallIntegerField("numéro")
    objet = models.CharField("objet", max_length=200)
    montant_ht = models.DecimalField("incidence HT", max_digits=12, decimal_places=2, default=0)
    signe_le = models.DateField("signé le")

    class Meta:
        ordering = ["numero"]
        verbose_name = "avenant"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "numero"],
                name="avenant_numero_unique",
                violation_error_message="Cet avenant existe déjà.",
            )
        ]

    def __str__(self):
        return f"Avenant n° {self.numero}"


class LigneBudget(models.Model):
    """Who pays what."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    libelle = models.CharField("libellé", max_length=160)
    nature = models.CharField("nature", max_length=20, choices=NatureDepense)
    payeur = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    montant_ht = models.DecimalField("montant HT", max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["nature", "pk"]
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        constraints = [
            models.CheckConstraint(
                name="ligne_budget_montant_positif",
                condition=Q(montant_ht__gte=0),
                violation_error_message="Le montant ne peut pas être négatif.",
            )
        ]

    def __str__(self):
        return self.libelle
