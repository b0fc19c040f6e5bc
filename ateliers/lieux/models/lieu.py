from django.db import models
from django.urls import reverse


class Lieu(models.Model):
    """A room where a séance may be held. Shared by the ateliers of its département."""

    nom = models.CharField("nom", max_length=160)
    adresse = models.CharField("adresse", max_length=250, blank=True)
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    departement = models.ForeignKey(
        "territoires.Departement",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="département",
    )
    capacite = models.PositiveSmallIntegerField("capacité (places)", null=True, blank=True)
    acces_pmr = models.BooleanField("accessible en fauteuil roulant", null=True, blank=True)
    transports = models.TextField("venir", blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    ferme = models.BooleanField("n’est plus proposé", default=False)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        constraints = [
            models.UniqueConstraint(
                fields=["departement", "nom", "adresse"],
                name="lieu_unique",
            ),
            models.CheckConstraint(
                name="lieu_capacite_positive",
                condition=models.Q(capacite__isnull=True) | models.Q(capacite__gt=0),
                violation_error_message="La capacité est un nombre de places.",
            ),
        ]

    def __str__(self):
        return self.nom

    def get_absolute_url(self):
        return reverse("ateliers:lieu", args=[self.pk])

    @property
    def acces_dit(self) -> str:
        if self.acces_pmr is None:
            return "accessibilité à vérifier"
        return "accessible en fauteuil roulant" if self.acces_pmr else "non accessible en fauteuil"

    @property
    def adresse_complete(self) -> str:
        commune = self.commune.nom if self.commune else ""
        return ", ".join(t for t in (self.adresse, commune) if t)
