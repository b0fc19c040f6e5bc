from django.conf import settings
from django.db import models
from django.db.models import Q

from restitution.engagement.choix import Cote, Instance


class ValidationTechnique(models.Model):
    """The COTECH or COPIL found the text ready. Kept even when the text is reopened."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="validations"
    )
    instance = models.CharField("instance", max_length=10, choices=Instance)
    tenue_le = models.DateField("réunie le")
    observations = models.TextField("observations", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-tenue_le", "-pk"]
        verbose_name = "validation technique"
        verbose_name_plural = "validations techniques"

    def __str__(self):
        return f"{self.get_instance_display()} du {self.tenue_le:%d/%m/%Y}"


class ApprobationPolitique(models.Model):
    """The délibération by which one collectivité approves the feuille de route."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="approbations"
    )
    organisme = models.ForeignKey(
        "comptes.Organisme", on_delete=models.PROTECT, related_name="+", verbose_name="collectivité"
    )
    numero = models.CharField("numéro de la délibération", max_length=60)
    adoptee_le = models.DateField("adoptée le")
    scan = models.FileField("délibération numérisée", upload_to="deliberations/", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["adoptee_le", "pk"]
        verbose_name = "approbation politique"
        verbose_name_plural = "approbations politiques"
        constraints = [
            models.UniqueConstraint(
                fields=["feuille", "organisme"],
                name="approbation_unique_par_collectivite",
                violation_error_message=(
                    "Cette collectivité a déjà délibéré sur la feuille de route."
                ),
            ),
            models.CheckConstraint(
                name="approbation_numero_rempli",
                condition=~Q(numero=""),
                violation_error_message="Indiquez le numéro de la délibération.",
            ),
        ]

    def __str__(self):
        return f"Délibération {self.numero} — {self.organisme}"


class Signature(models.Model):
    """One signatory's commitment, for the élus or for the State."""

    feuille = models.ForeignKey(
        "restitution.FeuilleDeRoute", on_delete=models.CASCADE, related_name="signatures"
    )
    cote = models.CharField("signe", max_length=10, choices=Cote)
    nom = models.CharField("nom", max_length=150)
    qualite = models.CharField("qualité", max_length=150)
    organisme = models.CharField("organisation", max_length=200)
    engagement = models.TextField("engagement", blank=True)
    signe_le = models.DateField("signé le")
    scan = models.FileField("acte numérisé", upload_to="signatures/", blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["feuille", "-cote", "signe_le", "pk"]
        verbose_name = "signature"
        verbose_name_plural = "signatures"
        constraints = [
            models.UniqueConstraint(
                fields=["feuille", "nom", "organisme"],
                name="signature_unique",
                violation_error_message="Cette personne a déjà signé pour cette organisation.",
            ),
            models.CheckConstraint(
                name="signature_cote_connu",
                condition=Q(cote__in=Cote.values),
                violation_error_message="Une signature engage les collectivités ou l’État.",
            ),
            models.CheckConstraint(
                name="signature_identifiee",
                condition=~Q(nom="") & ~Q(qualite="") & ~Q(organisme=""),
                violation_error_message=(
                    "Indiquez le nom, la qualité et l’organisation du signataire."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.nom}, {self.qualite}"
