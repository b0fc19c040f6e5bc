from django.db import models
from django.db.models import Q

from restitution.national.choix import EtatPublication


class RencontreNationale(models.Model):
    """The national meeting, after the local restitutions of a session."""

    session = models.ForeignKey(
        "candidatures.SessionNationale",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="session nationale",
    )
    titre = models.CharField("titre", max_length=200)
    date = models.DateField("date")
    lieu = models.CharField("lieu", max_length=200)
    programme = models.TextField("programme", blank=True)
    participants = models.PositiveIntegerField("nombre de participants", null=True, blank=True)
    ateliers = models.ManyToManyField(
        "ateliers.Atelier", blank=True, related_name="+", verbose_name="ateliers présentés"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = "rencontre nationale"
        verbose_name_plural = "rencontres nationales"

    def __str__(self):
        return self.titre


class Enseignement(models.Model):
    """A lesson drawn from comparing several ateliers."""

    rencontre = models.ForeignKey(
        "restitution.RencontreNationale",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enseignements",
        verbose_name="rencontre nationale",
    )
    theme = models.ForeignKey(
        "candidatures.Theme",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="thème",
    )
    titre = models.CharField("titre", max_length=200)
    texte = models.TextField("texte")
    ateliers = models.ManyToManyField(
        "ateliers.Atelier", blank=True, related_name="+", verbose_name="ateliers comparés"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["titre", "pk"]
        verbose_name = "enseignement"
        verbose_name_plural = "enseignements"

    def __str__(self):
        return self.titre


class Publication(models.Model):
    """The national book: a common foreword, one carnet per site, the lessons learnt."""

    titre = models.CharField("titre", max_length=200)
    sous_titre = models.CharField("sous-titre", max_length=250, blank=True)
    slug = models.SlugField("adresse", max_length=120, unique=True)
    avant_propos = models.TextField("avant-propos", blank=True)
    rencontre = models.ForeignKey(
        "restitution.RencontreNationale",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="rencontre nationale",
    )
    enseignements = models.ManyToManyField(
        "restitution.Enseignement",
        blank=True,
        related_name="+",
        verbose_name="enseignements transversaux",
    )
    etat = models.CharField(
        "état", max_length=20, choices=EtatPublication, default=EtatPublication.BROUILLON
    )
    publiee_le = models.DateTimeField("publiée le", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-publiee_le", "-pk"]
        verbose_name = "publication"
        verbose_name_plural = "publications"
        constraints = [
            models.CheckConstraint(
                name="publication_publiee_avec_date",
                condition=Q(etat=EtatPublication.PUBLIEE, publiee_le__isnull=False)
                | Q(etat=EtatPublication.BROUILLON, publiee_le__isnull=True),
                violation_error_message="Seule une publication publiée a une date de publication.",
            ),
        ]

    def __str__(self):
        return self.titre

    @property
    def publiee(self):
        return self.etat == EtatPublication.PUBLIEE


class ChapitrePublication(models.Model):
    """The carnet of one atelier, at its place in the book."""

    publication = models.ForeignKey(
        "restitution.Publication", on_delete=models.CASCADE, related_name="chapitres"
    )
    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.PROTECT, related_name="+")
    ordre = models.PositiveSmallIntegerField("ordre")
    chapeau = models.TextField("chapeau", blank=True)

    class Meta:
        ordering = ["publication", "ordre"]
        verbose_name = "chapitre"
        verbose_name_plural = "chapitres"
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "ordre"],
                name="chapitre_ordre_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Deux chapitres ne peuvent pas avoir le même rang.",
            ),
            models.UniqueConstraint(
                fields=["publication", "atelier"],
                name="chapitre_atelier_unique",
                violation_error_message="Cet atelier est déjà dans la publication.",
            ),
        ]

    def __str__(self):
        return f"{self.ordre}. {self.atelier.nom}"
