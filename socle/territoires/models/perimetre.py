from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from socle.territoires.models.cog import Commune, Departement, Epci

NOMS_MONTRES = 2


def dire_lieu(noms: list[str], departements) -> str:
    """« Beauval et Doullens (Somme) », from the names of EPCI, communes and départements."""
    if not noms:
        return ""
    reste = len(noms) - NOMS_MONTRES
    if reste > 1:
        noms = [*noms[:NOMS_MONTRES], f"{reste} autres collectivités"]
    texte = noms[0] if len(noms) == 1 else f"{', '.join(noms[:-1])} et {noms[-1]}"
    return f"{texte} ({', '.join(departements)})" if departements else texte


class Perimetre(models.Model):
    """Any set of communes, EPCI and free zones. Dated: EPCI merge during an atelier.

    `couverture` (codes of its communes in its own vintage), `departements`, `population` and the
    surface (of the `surfaces_connues` communes whose outline is held) are derived by the verbs,
    never written elsewhere. `departements` is what rights are computed on:
    those of the communes, and those of the communes that succeeded them.
    """

    nom = models.CharField("nom", max_length=200)
    communes = models.ManyToManyField(Commune, blank=True, related_name="+")
    epcis = models.ManyToManyField(Epci, blank=True, related_name="+", verbose_name="EPCI")
    departements = models.ManyToManyField(
        Departement, blank=True, related_name="+", editable=False, verbose_name="départements"
    )
    population = models.PositiveIntegerField("population", default=0, editable=False)
    surface_km2 = models.FloatField("surface (km²)", null=True, editable=False)
    surfaces_connues = models.PositiveIntegerField(
        "communes dont la surface est connue", default=0, editable=False
    )
    millesime = models.PositiveSmallIntegerField("millésime du découpage", editable=False)
    couverture = ArrayField(models.CharField(max_length=5), default=list, editable=False)

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "périmètre"
        indexes = [
            GinIndex(fields=["couverture"], name="perimetre_couverture"),
            models.Index(fields=["population"], name="perimetre_population"),
        ]
        constraints = [
            models.CheckConstraint(
                name="perimetre_surface_de_communes_connues",
                condition=Q(surface_km2__isnull=True, surfaces_connues=0)
                | Q(surface_km2__isnull=False, surface_km2__gt=0, surfaces_connues__gt=0),
                violation_error_message="La surface est celle d’au moins une commune.",
            )
        ]

    def __str__(self):
        return self.nom

    @property
    def surface_entiere(self) -> bool:
        """The surface of every commune is known: a density means something."""
        return bool(self.surface_km2) and self.surfaces_connues == len(self.couverture)

    @property
    def densite(self) -> float | None:
        """Inhabitants per km²."""
        return self.population / self.surface_km2 if self.surface_entiere else None

    @cached_property
    def lieu(self) -> str:
        """« Beauval (Somme) »: what it is made of, whatever the candidature calls it.

        Reads `epcis`, `communes` and `departements`: prefetch them on a list.
        """
        noms = sorted(e.nom for e in self.epcis.all()) + sorted(c.nom for c in self.communes.all())
        departements = sorted(self.departements.all(), key=lambda d: d.code)
        return dire_lieu(noms, [d.nom for d in departements]) or self.nom


class ZoneLibre(models.Model):
    """A named part of the territory that is no commune nor EPCI: an îlot, a valley, a port."""

    perimetre = models.ForeignKey(Perimetre, on_delete=models.CASCADE, related_name="zones")
    nom = models.CharField("nom", max_length=160)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="+", verbose_name="département"
    )

    class Meta:
        ordering = ["nom", "pk"]
        verbose_name = "zone"
        constraints = [
            models.UniqueConstraint(
                fields=["perimetre", "nom", "departement"],
                name="zone_libre_unique",
                violation_error_message="Cette zone est déjà dans le périmètre.",
            )
        ]

    def __str__(self):
        return f"{self.nom} ({self.departement_id})"


class EtatPerimetre(models.Model):
    """A perimeter as it was before it was brought to a newer vintage. Never changed afterwards."""

    perimetre = models.ForeignKey(Perimetre, on_delete=models.CASCADE, related_name="etats")
    millesime = models.PositiveSmallIntegerField("millésime")
    population = models.PositiveIntegerField("population")
    communes = models.JSONField("communes")
    epcis = models.JSONField("EPCI")
    couverture = ArrayField(models.CharField(max_length=5), default=list)
    remplace_le = models.DateTimeField("remplacé le", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "état antérieur du périmètre"
        verbose_name_plural = "états antérieurs du périmètre"

    def __str__(self):
        return f"{self.perimetre} ({self.millesime})"
