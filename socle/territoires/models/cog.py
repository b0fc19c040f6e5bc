"""The official geography. Rows come from `importer_cog`; nobody edits them by hand."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from socle.territoires.choix import FUSEAU_HEXAGONE, NatureEpci


class Region(models.Model):
    code = models.CharField("code", max_length=3, primary_key=True)
    nom = models.CharField("nom", max_length=80)

    class Meta:
        ordering = ["nom"]
        verbose_name = "région"

    def __str__(self):
        return self.nom


class Departement(models.Model):
    """A département, or an overseas collectivité that holds the same place in the codes."""

    code = models.CharField("code", max_length=3, primary_key=True)
    nom = models.CharField("nom", max_length=80)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="departements", verbose_name="région"
    )
    fuseau = models.CharField("fuseau horaire", max_length=40, default=FUSEAU_HEXAGONE)

    class Meta:
        ordering = ["code"]
        verbose_name = "département"

    def __str__(self):
        return f"{self.nom} ({self.code})"


class Epci(models.Model):
    """An intercommunalité à fiscalité propre. `actif` is False once it left the official list."""

    code = models.CharField("SIREN", max_length=9, primary_key=True)
    nom = models.CharField("nom", max_length=160)
    nom_recherche = models.CharField(max_length=240, editable=False, default="")
    nature = models.CharField("nature", max_length=10, choices=NatureEpci)
    population = models.PositiveIntegerField("population", default=0)
    departements = models.ManyToManyField(
        Departement, related_name="epcis", verbose_name="départements"
    )
    actif = models.BooleanField("en vigueur", default=True)

    class Meta:
        ordering = ["nom", "code"]
        verbose_name = "EPCI"
        verbose_name_plural = "EPCI"

    def __str__(self):
        return self.nom


class Commune(models.Model):
    """`nom_recherche` is the folded name. `actif` is False once it merged into another one."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    nom = models.CharField("nom", max_length=80)
    nom_recherche = models.CharField(max_length=80, editable=False, default="")
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="communes", verbose_name="département"
    )
    epci = models.ForeignKey(
        Epci,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="communes",
        verbose_name="EPCI",
    )
    population = models.PositiveIntegerField("population", default=0)
    codes_postaux = ArrayField(
        models.CharField(max_length=5), default=list, blank=True, verbose_name="codes postaux"
    )
    actif = models.BooleanField("en vigueur", default=True)

    class Meta:
        ordering = ["nom", "code"]
        verbose_name = "commune"

    def __str__(self):
        return f"{self.nom} ({self.departement_id})"
