from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidatures.dispositifs.choix import GenreSeance


class Visite(models.Model):
    """How a visit is made: where to meet, by what coach, what to beware of; then its stops."""

    sequence = models.OneToOneField("ateliers.Sequence", on_delete=models.CASCADE, related_name="+")
    point_de_rencontre = models.CharField("point de rencontre", max_length=200, blank=True)
    transport = models.CharField("car ou transport", max_length=200, blank=True)
    consignes = models.TextField("consignes de sécurité", blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "visite"

    def __str__(self):
        return f"Visite : {self.sequence}"


class Arret(models.Model):
    """A stop of the visit, with the time at which one gets there.

    Where it is serves to estimate the road: its coordinates, or else the middle of its commune.
    """

    visite = models.ForeignKey(Visite, on_delete=models.CASCADE, related_name="arrets")
    ordre = models.PositiveSmallIntegerField("ordre")
    nom = models.CharField("arrêt", max_length=160)
    arrivee = models.TimeField("arrivée")
    duree_min = models.PositiveSmallIntegerField("durée (minutes)")
    note = models.CharField("à savoir", max_length=250, blank=True)
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)

    class Meta:
        ordering = ["visite", "ordre"]
        verbose_name = "arrêt"
        constraints = [
            models.UniqueConstraint(
                fields=["visite", "ordre"],
                name="arret_ordre_unique",
                violation_error_message="Deux arrêts ne portent pas le même numéro.",
            ),
            models.CheckConstraint(
                name="arret_duree_positive",
                condition=Q(duree_min__gt=0),
                violation_error_message="La durée est un nombre positif de minutes.",
            ),
            models.CheckConstraint(
                name="arret_situe",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message="Des coordonnées sont une latitude et une longitude.",
            ),
        ]

    def __str__(self):
        return self.nom

    @property
    def precis(self) -> bool:
        return self.latitude is not None

    @property
    def position(self) -> tuple[float, float] | None:
        """(latitude, longitude), for stops read with `places.avec_places`."""
        return None if self.lat is None else (self.lat, self.lon)

    @property
    def ou(self) -> str:
        """As it is typed in the form."""
        if self.precis:
            return f"{self.latitude:.5f} ; {self.longitude:.5f}".replace(".", ",")
        return self.commune.nom if self.commune else ""


class VersionProgramme(models.Model):
    """The déroulé as it was told to people. Frozen by a trigger: a change makes a new one."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.CASCADE, related_name="+")
    numero = models.PositiveSmallIntegerField("version")
    contenu = models.JSONField("contenu")
    changements = models.JSONField("changements", default=list)
    publie_le = models.DateTimeField("publiée le", default=timezone.now)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seance", "-numero"]
        verbose_name = "version du déroulé"
        verbose_name_plural = "versions du déroulé"
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "numero"],
                name="version_programme_unique",
                violation_error_message="Cette version existe déjà.",
            )
        ]

    def __str__(self):
        return f"v{self.numero}"


class KitSeance(models.Model):
    """A déroulé to start from, for one kind of séance of one dispositif."""

    cle = models.SlugField("clé", max_length=60, unique=True)
    titre = models.CharField("titre", max_length=160)
    resume = models.TextField("résumé", blank=True)
    dispositif = models.ForeignKey(
        "candidatures.Dispositif", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    genre = models.CharField("genre", max_length=20, choices=GenreSeance)
    rang = models.PositiveSmallIntegerField("rang", null=True, blank=True)
    contenu = models.JSONField("séquences")
    ordre = models.PositiveSmallIntegerField("ordre", default=100)

    class Meta:
        ordering = ["ordre", "titre"]
        verbose_name = "kit de séance"
        verbose_name_plural = "kits de séance"

    def __str__(self):
        return self.titre
