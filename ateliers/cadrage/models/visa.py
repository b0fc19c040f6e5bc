"""Who gives the visas: the circuit of each dispositif, the holders, their delegations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.cadrage.choix import NiveauVisa

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class EtapeVisa(models.Model):
    """One step of the circuit of a dispositif, in order."""

    dispositif = models.ForeignKey(
        "candidatures.Dispositif", on_delete=models.CASCADE, related_name="+"
    )
    ordre = models.PositiveSmallIntegerField("ordre")
    niveau = models.CharField("niveau", max_length=20, choices=NiveauVisa)

    class Meta:
        ordering = ["dispositif", "ordre"]
        verbose_name = "étape du circuit de visa"
        verbose_name_plural = "étapes du circuit de visa"
        constraints = [
            models.UniqueConstraint(fields=["dispositif", "ordre"], name="etape_visa_ordre"),
            models.UniqueConstraint(fields=["dispositif", "niveau"], name="etape_visa_niveau"),
        ]

    def __str__(self):
        return f"{self.dispositif_id} {self.ordre} : {self.get_niveau_display()}"


class TitulaireVisa(models.Model):
    """A person who gives the visa of their organisme. Without any, each of its agents does."""

    organisme = models.ForeignKey("comptes.Organisme", **PERSONNE)
    personne = models.OneToOneField(settings.AUTH_USER_MODEL, **PERSONNE)
    designe_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    designe_le = models.DateTimeField("désigné le", auto_now_add=True)

    class Meta:
        ordering = ["organisme", "pk"]
        verbose_name = "titulaire du visa"
        verbose_name_plural = "titulaires du visa"

    def __str__(self):
        return str(self.personne)


class DelegationVisa(models.Model):
    """From one day to another, a colleague of the same organisme gives the visa instead."""

    delegant = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    delegataire = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    debut = models.DateField("du")
    fin = models.DateField("au")
    motif = models.CharField("motif", max_length=200, blank=True)
    creee_le = models.DateTimeField("créée le", auto_now_add=True)
    revoquee_le = models.DateTimeField("révoquée le", null=True, blank=True)

    class Meta:
        ordering = ["-debut", "-pk"]
        verbose_name = "délégation de visa"
        verbose_name_plural = "délégations de visa"
        constraints = [
            models.CheckConstraint(
                name="delegation_visa_dates",
                condition=Q(fin__gte=F("debut")),
                violation_error_message="La fin de la délégation précède son début.",
            ),
            models.CheckConstraint(
                name="delegation_visa_entre_deux",
                condition=~Q(delegant=F("delegataire")),
                violation_error_message="On ne se délègue pas son visa à soi-même.",
            ),
        ]

    def __str__(self):
        return f"{self.delegant} délègue à {self.delegataire}"
