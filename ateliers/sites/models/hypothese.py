from django.db import models
from django.db.models import Q

from ateliers.sites.choix import EtatHypothese, GenreSite


class Hypothese(models.Model):
    """A guess about the territory's future that the séances test."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    titre = models.CharField("titre", max_length=200)
    texte = models.TextField("texte", blank=True)
    etat = models.CharField(
        "état", max_length=20, choices=EtatHypothese, default=EtatHypothese.EMISE
    )
    emise_le = models.DateField("émise le")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = "hypothèse"
        verbose_name_plural = "hypothèses"

    def __str__(self):
        return self.titre


class SiteDemonstrateur(models.Model):
    """A place where the strategy is tried out, with its fiche signalétique."""

    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    nom = models.CharField("nom du site", max_length=160)
    commune = models.ForeignKey("territoires.Commune", on_delete=models.PROTECT, related_name="+")
    genre = models.CharField("type de site", max_length=20, choices=GenreSite)
    localisation = models.CharField("localisation", max_length=250, blank=True)
    activite_anterieure = models.CharField("activité antérieure", max_length=250, blank=True)
    surface_m2 = models.PositiveIntegerField("surface (m²)", null=True, blank=True)
    desserte = models.TextField("desserte", blank=True)
    reseaux = models.TextField("réseaux", blank=True)
    proprietaire = models.CharField("propriétaire", max_length=200, blank=True)
    pollution = models.TextField("pollution connue ou présumée", blank=True)
    enjeux = models.TextField("enjeux et usages envisagés", blank=True)
    hypotheses = models.ManyToManyField(
        Hypothese, blank=True, related_name="+", verbose_name="hypothèses éprouvées"
    )
    designe_le = models.DateField("désigné le")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["nom"]
        verbose_name = "site démonstrateur"
        verbose_name_plural = "sites démonstrateurs"
        constraints = [
            models.UniqueConstraint(
                fields=["atelier", "nom"],
                name="site_nom_unique",
                violation_error_message="Un site porte déjà ce nom dans cet atelier.",
            ),
            models.CheckConstraint(
                name="site_surface_positive",
                condition=Q(surface_m2__isnull=True) | Q(surface_m2__gt=0),
                violation_error_message="La surface est un nombre positif.",
            ),
        ]

    def __str__(self):
        return self.nom
