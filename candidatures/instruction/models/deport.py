"""Who must not read, note or vote on a dossier, and what it is computed from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidatures.instruction.choix import OrigineDeport

PERSONNE = settings.AUTH_USER_MODEL


class Deport(models.Model):
    """A person is recused from a candidature until `leve_le`. Rows are never deleted."""

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="deports"
    )
    personne = models.ForeignKey(PERSONNE, on_delete=models.PROTECT, related_name="+")
    origine = models.CharField("origine", max_length=10, choices=OrigineDeport)
    motif = models.TextField("motif")
    le = models.DateTimeField("le")
    par = models.ForeignKey(
        PERSONNE,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="déclaré par",
    )
    leve_le = models.DateTimeField("levé le", null=True, blank=True)
    leve_par = models.ForeignKey(
        PERSONNE, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motif_levee = models.TextField("motif de la levée", blank=True)

    class Meta:
        ordering = ["candidature", "personne__nom", "pk"]
        verbose_name = "déport"
        indexes = [
            models.Index(
                fields=["personne", "candidature"],
                condition=Q(leve_le__isnull=True),
                name="deport_actif",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["candidature", "personne", "origine"],
                condition=Q(leve_le__isnull=True),
                name="deport_unique",
                violation_error_message="Cette personne est déjà déportée de ce dossier.",
            ),
            models.CheckConstraint(
                name="deport_motive",
                condition=Q(motif__regex=r"\S"),
                violation_error_message="Un déport est motivé.",
            ),
            models.CheckConstraint(
                name="deport_levee_motivee",
                condition=Q(leve_le__isnull=True) | Q(motif_levee__regex=r"\S"),
                violation_error_message="La levée d’un déport est motivée.",
            ),
        ]

    def __str__(self):
        return f"{self.personne}, {self.candidature.reference}"


class MandatElectif(models.Model):
    """An elected office of a person, in a commune or an EPCI: it recuses them from its dossiers."""

    personne = models.ForeignKey(PERSONNE, on_delete=models.CASCADE, related_name="+")
    commune = models.ForeignKey(
        "territoires.Commune", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    epci = models.ForeignKey(
        "territoires.Epci",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="EPCI",
    )
    fonction = models.CharField("fonction", max_length=120)
    debut = models.DateField("depuis le")
    fin = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        ordering = ["personne", "pk"]
        verbose_name = "mandat électif"
        verbose_name_plural = "mandats électifs"
        constraints = [
            models.CheckConstraint(
                name="mandat_electif_situe",
                condition=Q(commune__isnull=False, epci__isnull=True)
                | Q(commune__isnull=True, epci__isnull=False),
                violation_error_message="Indiquez une commune ou un EPCI.",
            ),
            models.CheckConstraint(
                name="mandat_electif_dates",
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                violation_error_message="Le mandat finit avant de commencer.",
            ),
        ]

    def __str__(self):
        return f"{self.fonction}, {self.commune or self.epci}"
