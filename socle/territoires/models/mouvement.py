"""What happened to the communes, vintage after vintage. Rows come from `importer_cog`."""

from django.db import models
from django.db.models import F, Q

from socle.territoires.choix import GenreEvenement
from socle.territoires.models.cog import Commune


class Millesime(models.Model):
    """A vintage of the official geography that was loaded; the newest one is in force."""

    annee = models.PositiveSmallIntegerField("millésime", primary_key=True)
    source = models.CharField("source", max_length=200)
    charge_le = models.DateTimeField("chargé le", auto_now_add=True)

    class Meta:
        ordering = ["-annee"]
        verbose_name = "millésime"

    def __str__(self):
        return str(self.annee)


class EvenementCommune(models.Model):
    """A merger (`avant` ends, `apres` succeeds it) or its undoing (`apres` leaves `avant`)."""

    genre = models.CharField("genre", max_length=20, choices=GenreEvenement)
    date = models.DateField("date d’effet")
    avant = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="evenements")
    apres = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="venues")
    millesime = models.PositiveSmallIntegerField("millésime")

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "événement de commune"
        verbose_name_plural = "événements de communes"
        constraints = [
            models.UniqueConstraint(
                fields=["genre", "date", "avant", "apres"],
                name="evenement_commune_unique",
                violation_error_message="Cet événement est déjà connu.",
            ),
            models.CheckConstraint(
                name="evenement_commune_deux_communes",
                condition=~Q(avant=F("apres")),
                violation_error_message="Un événement relie deux communes différentes.",
            ),
            models.CheckConstraint(
                name="evenement_commune_genre_connu",
                condition=Q(genre__in=GenreEvenement.values),
                violation_error_message="Ce genre d’événement n’existe pas.",
            ),
        ]

    def __str__(self):
        return f"{self.get_genre_display()} de {self.avant} vers {self.apres}, {self.date}"
