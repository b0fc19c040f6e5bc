"""What is ordered, due and done: orders, milestones of a contract, other expenses."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

CENTIME = Decimal("0.01")


class OrdreService(models.Model):
    """An order to the holder: start, suspend, resume, change a delay. It changes no amount."""

    contrat = models.ForeignKey("ateliers.Contrat", on_delete=models.CASCADE, related_name="+")
    numero = models.PositiveSmallIntegerField("numéro")
    objet = models.CharField("objet", max_length=300)
    effet_le = models.DateField("prend effet le")
    emis_le = models.DateField("émis le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["numero"]
        verbose_name = "ordre de service"
        verbose_name_plural = "ordres de service"
        constraints = [
            models.UniqueConstraint(fields=["contrat", "numero"], name="ordre_service_unique")
        ]

    def __str__(self):
        return f"Ordre de service n° {self.numero}"


class Jalon(models.Model):
    """A part of the contract's price, due when a livrable is accepted."""

    contrat = models.ForeignKey("ateliers.Contrat", on_delete=models.CASCADE, related_name="+")
    ordre = models.PositiveSmallIntegerField("ordre")
    libelle = models.CharField("libellé", max_length=160)
    livrable = models.ForeignKey(
        "ateliers.Livrable", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    montant_ht = models.DecimalField("montant HT", max_digits=12, decimal_places=2)
    prevu_le = models.DateField("prévu le", null=True, blank=True)
    fait_le = models.DateField("service fait le", null=True, blank=True)
    fait_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reference_chorus = models.CharField("référence Chorus", max_length=60, blank=True)

    class Meta:
        ordering = ["ordre", "pk"]
        verbose_name = "jalon de paiement"
        verbose_name_plural = "jalons de paiement"
        constraints = [
            models.CheckConstraint(
                name="jalon_montant_positif",
                condition=Q(montant_ht__gt=0),
                violation_error_message="Le montant d’un jalon est positif.",
            ),
            models.CheckConstraint(
                name="jalon_fait_complet",
                condition=Q(fait_le__isnull=True, fait_par__isnull=True, reference_chorus="")
                | Q(fait_le__isnull=False, fait_par__isnull=False),
                violation_error_message="Un service fait porte sa date et son auteur.",
            ),
        ]

    def __str__(self):
        return self.libelle


class Depense(models.Model):
    """An expense outside the team's contract, engaged on a line of the budget, then done."""

    ligne = models.ForeignKey("ateliers.LigneBudget", on_delete=models.PROTECT, related_name="+")
    objet = models.CharField("objet", max_length=160)
    reference = models.CharField("référence", max_length=60, blank=True)
    montant_ht = models.DecimalField("montant engagé HT", max_digits=12, decimal_places=2)
    engagee_le = models.DateField("engagée le")
    montant_fait = models.DecimalField(
        "montant fait HT", max_digits=12, decimal_places=2, null=True, blank=True
    )
    faite_le = models.DateField("faite le", null=True, blank=True)

    class Meta:
        ordering = ["engagee_le", "pk"]
        verbose_name = "dépense"
        constraints = [
            models.CheckConstraint(
                name="depense_montants",
                condition=Q(montant_ht__gt=0)
                & (Q(montant_fait__isnull=True) | Q(montant_fait__gte=0)),
                violation_error_message="Le montant d’une dépense est positif.",
            ),
            models.CheckConstraint(
                name="depense_faite_complete",
                condition=Q(montant_fait__isnull=True, faite_le__isnull=True)
                | Q(montant_fait__isnull=False, faite_le__isnull=False),
                violation_error_message="Une dépense faite porte son montant et sa date.",
            ),
            models.CheckConstraint(
                name="depense_faite_ordonnee",
                condition=Q(faite_le__isnull=True) | Q(faite_le__gte=models.F("engagee_le")),
                violation_error_message="Une dépense se fait après son engagement.",
            ),
        ]

    def __str__(self):
        return self.objet
