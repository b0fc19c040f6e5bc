import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from socle.exports.choix import EtatExport, FormatExport


class Export(models.Model):
    """A file asked for, made by the worker, kept thirty days for who asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cle = models.CharField("export", max_length=60)
    titre = models.CharField("titre", max_length=160)
    parametres = models.CharField("filtres", max_length=4000, blank=True)
    portee = models.CharField("liste et filtres, en mots", max_length=300, blank=True)
    colonnes = ArrayField(models.CharField(max_length=40), verbose_name="colonnes")
    options = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    format = models.CharField("format", max_length=5, choices=FormatExport)
    etat = models.CharField("état", max_length=10, choices=EtatExport, default=EtatExport.DEMANDE)
    total = models.PositiveIntegerField("lignes à écrire", default=0)
    fait = models.PositiveIntegerField("lignes écrites", default=0)
    objets = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    fichier = models.FileField(upload_to="exports/", blank=True)
    nom = models.CharField("nom du fichier", max_length=160, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    taille = models.PositiveBigIntegerField("taille", default=0)
    erreur = models.TextField("erreur", blank=True)
    demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    demande_le = models.DateTimeField("demandé le", auto_now_add=True)
    pret_le = models.DateTimeField("prêt le", null=True, blank=True)
    expire_le = models.DateTimeField("expire le", null=True, blank=True)

    class Meta:
        ordering = ["-demande_le"]
        verbose_name = "export"
        indexes = [models.Index(fields=["demande_par", "-demande_le"], name="export_de")]
        constraints = [
            models.CheckConstraint(
                name="export_pret_complet",
                condition=~Q(etat=EtatExport.PRET)
                | (~Q(fichier="") & ~Q(sha256="") & Q(expire_le__isnull=False)),
                violation_error_message="Un export prêt porte son fichier et son empreinte.",
            )
        ]

    def __str__(self):
        return self.titre

    def get_absolute_url(self):
        return reverse("exports:liste")


class ModeleExport(models.Model):
    """Columns, additions and format kept under a name, for oneself or for one’s service."""

    cle = models.CharField("export", max_length=60)
    nom = models.CharField("nom", max_length=80)
    colonnes = ArrayField(models.CharField(max_length=40), verbose_name="colonnes")
    options = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name="ajouts"
    )
    format = models.CharField("format", max_length=5, choices=FormatExport)
    proprietaire = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    partage = models.BooleanField("partagé avec mon service", default=False)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "modèle d’export"
        verbose_name_plural = "modèles d’export"
        constraints = [
            models.UniqueConstraint(
                fields=["proprietaire", "cle", "nom"],
                name="modele_export_unique",
                violation_error_message="Vous avez déjà un modèle de ce nom.",
            )
        ]

    def __str__(self):
        return self.nom
