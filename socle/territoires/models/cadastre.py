"""Cadastral parcels, for the communes whose file was loaded. Rows come from `importer_cadastre`."""

from django.db import models
from django.db.models import Q

from socle.territoires.models.cog import Commune


class CadastreCommune(models.Model):
    """The parcels of this commune are held, as they were at a date.

    `code` is the one that they bear: an arrondissement’s in Paris, Lyon and Marseille.
    """

    code = models.CharField("code", max_length=5, primary_key=True)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="cadastres")
    etat_le = models.DateField("état au")
    parcelles = models.PositiveIntegerField("nombre de parcelles")
    importe_le = models.DateTimeField("importé le", auto_now=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "cadastre de commune"
        verbose_name_plural = "cadastres de communes"

    def __str__(self):
        return f"Cadastre de {self.code}"


class ParcelleCadastrale(models.Model):
    """`code`: commune, prefix, section, number. `geometrie` as `socle.territoires.polyligne`."""

    code = models.CharField("code", max_length=14, primary_key=True)
    cadastre = models.ForeignKey(CadastreCommune, on_delete=models.CASCADE, related_name="lignes")
    contenance = models.PositiveIntegerField("contenance (m²)", null=True)
    geometrie = models.TextField("contour")

    class Meta:
        ordering = ["code"]
        verbose_name = "parcelle cadastrale"
        verbose_name_plural = "parcelles cadastrales"
        constraints = [
            models.CheckConstraint(
                name="parcelle_code_complet",
                condition=Q(code__regex=r"^[0-9AB]{8}[0-9A-Z]{2}[0-9]{4}$"),
                violation_error_message="Une parcelle s’écrit sur quatorze caractères.",
            )
        ]

    def __str__(self):
        return self.code
