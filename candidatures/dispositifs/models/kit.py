"""Kits: the working documents that the ministry hands out, version after version."""

from django.db import models

from candidatures.dispositifs.models.dispositif import Dispositif


class Kit(models.Model):
    cle = models.SlugField("clé", max_length=40, unique=True)
    titre = models.CharField("titre", max_length=160)
    resume = models.TextField("résumé")
    dispositif = models.ForeignKey(
        Dispositif, null=True, blank=True, on_delete=models.PROTECT, related_name="kits"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        ordering = ["ordre", "titre"]
        verbose_name = "kit"

    def __str__(self):
        return self.titre


class VersionKit(models.Model):
    """One published file of a kit. Never replaced: a new text makes a new version."""

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    fichier = models.FileField("fichier", upload_to="kits/")
    nom_fichier = models.CharField("nom du fichier", max_length=120)
    mime = models.CharField("type", max_length=100)
    sha256 = models.CharField("empreinte", max_length=64)
    taille = models.PositiveIntegerField("taille (octets)")
    publiee_le = models.DateField("publiée le")
    notes = models.TextField("ce qui change", blank=True)

    class Meta:
        ordering = ["kit", "-numero"]
        verbose_name = "version de kit"
        verbose_name_plural = "versions de kit"
        constraints = [models.UniqueConstraint(fields=["kit", "numero"], name="version_kit_unique")]

    def __str__(self):
        return f"{self.kit}, version {self.numero}"
