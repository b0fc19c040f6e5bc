from django.db import models
from django.db.models import F, Q


class AccordCadre(models.Model):
    """A framework run by DGALN: bons de commande are placed with its holder, without a call."""

    numero = models.CharField("numéro", max_length=60, unique=True)
    objet = models.CharField("objet", max_length=200, blank=True)
    titulaire = models.ForeignKey("comptes.Organisme", on_delete=models.PROTECT, related_name="+")
    du = models.DateField("en vigueur du")
    au = models.DateField("au")
    plafond_ht = models.DecimalField(
        "plafond HT", max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["-du", "pk"]
        verbose_name = "accord-cadre"
        verbose_name_plural = "accords-cadres"
        constraints = [
            models.CheckConstraint(
                name="accord_cadre_ordonne",
                condition=Q(au__gte=F("du")),
                violation_error_message="La fin de l’accord-cadre ne précède pas son début.",
            ),
            models.CheckConstraint(
                name="accord_cadre_plafond",
                condition=Q(plafond_ht__isnull=True) | Q(plafond_ht__gt=0),
                violation_error_message="Le plafond est positif.",
            ),
        ]

    def __str__(self):
        return f"Accord-cadre {self.numero}"
