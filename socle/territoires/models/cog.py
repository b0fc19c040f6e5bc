"""The official geography. Rows come from `importer_cog`; nobody edits them by hand."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

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
    """`nom_recherche` is the folded name. A commune that merged is kept, ended and succeeded.

    `depuis` is empty for those older than the first vintage that was loaded.
    """

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
    siren = models.CharField("SIREN", max_length=9, blank=True, default="", db_index=True)
    actif = models.BooleanField("en vigueur", default=True)
    depuis = models.DateField("depuis", null=True, blank=True)
    jusqua = models.DateField("jusqu’à", null=True, blank=True)
    remplacee_par = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="remplacée par",
    )

    class Meta:
        ordering = ["nom", "code"]
        verbose_name = "commune"
        constraints = [
            models.CheckConstraint(
                name="commune_validite_ordonnee",
                condition=Q(depuis__isnull=True)
                | Q(jusqua__isnull=True)
                | Q(depuis__lt=F("jusqua")),
                violation_error_message="Une commune prend fin après avoir commencé.",
            ),
            models.CheckConstraint(
                name="commune_en_vigueur_sans_fin",
                condition=Q(actif=False) | Q(jusqua__isnull=True, remplacee_par__isnull=True),
                violation_error_message="Une commune en vigueur n’a ni fin ni remplaçante.",
            ),
            models.CheckConstraint(
                name="commune_remplacee_par_une_autre",
                condition=Q(remplacee_par__isnull=True) | ~Q(remplacee_par=F("code")),
                violation_error_message="Une commune ne se remplace pas elle-même.",
            ),
        ]

    def __str__(self):
        return f"{self.nom} ({self.departement_id})"

    def get_absolute_url(self):
        return reverse("territoires:commune", args=[self.code])
