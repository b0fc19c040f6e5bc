"""Decisions are prepared, reviewed together, then published in one act."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidatures.instruction.choix import SensDecision


class PublicationDecisions(models.Model):
    """The act that makes several decisions known at once."""

    publiee_le = models.DateTimeField("publiée le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-publiee_le", "-pk"]
        verbose_name = "publication de décisions"
        verbose_name_plural = "publications de décisions"

    def __str__(self):
        return f"Publication du {self.publiee_le:%d/%m/%Y}"


class Signataire(models.Model):
    """Who signs the letters of a service; DGALN edits the list."""

    nom = models.CharField("nom", max_length=160)
    qualite = models.CharField("qualité", max_length=200)
    service = models.CharField("service", max_length=200)
    delegation = models.CharField("formule de délégation", max_length=200, blank=True)
    actif = models.BooleanField("actif", default=True)

    class Meta:
        ordering = ["service", "nom"]
        verbose_name = "signataire"
        constraints = [
            models.UniqueConstraint(
                fields=["nom", "service"],
                name="signataire_unique",
                violation_error_message="Ce signataire existe déjà dans ce service.",
            )
        ]

    def __str__(self):
        return f"{self.nom}, {self.qualite} ({self.service})"


class MotifType(models.Model):
    """A reason that comes back, with the text that goes into the letter."""

    libelle = models.CharField("libellé", max_length=160)
    sens = models.CharField("sens", max_length=20, choices=SensDecision)
    texte = models.TextField("texte de la lettre")
    actif = models.BooleanField("actif", default=True)

    class Meta:
        ordering = ["sens", "libelle"]
        verbose_name = "motif type"
        verbose_name_plural = "motifs types"
        constraints = [
            models.UniqueConstraint(
                fields=["sens", "libelle"],
                name="motif_type_unique",
                violation_error_message="Ce motif existe déjà pour ce sens.",
            ),
            models.CheckConstraint(
                name="motif_type_redige",
                condition=Q(texte__regex=r"\S"),
                violation_error_message="Un motif type porte le texte de la lettre.",
            ),
        ]

    def __str__(self):
        return self.libelle


class Decision(models.Model):
    """What the DGALN intends, then has decided. Known to nobody else before its publication.

    A présélection is followed by a second decision: hence one *pending* decision per candidature.
    """

    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="decisions"
    )
    sens = models.CharField("sens", max_length=20, choices=SensDecision)
    motif = models.TextField("motif")
    vers_dispositif = models.ForeignKey(
        "candidatures.Dispositif",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="vers le dispositif",
    )
    motif_type = models.ForeignKey(
        MotifType,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="motif type",
    )
    signataire = models.ForeignKey(
        Signataire, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    datee_du = models.DateField("lettre datée du", default=timezone.localdate)
    lettre_sha256 = models.CharField("empreinte de la lettre envoyée", max_length=64, blank=True)
    remplace = models.ForeignKey(
        "candidatures.Candidature",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="prend la place de",
    )
    rang_reserve = models.PositiveSmallIntegerField("rang de réserve", null=True, blank=True)
    motif_ecart = models.TextField("motif de l’écart avec le comité", blank=True, default="")
    preparee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    preparee_le = models.DateTimeField("préparée le")
    publication = models.ForeignKey(
        PublicationDecisions,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-preparee_le", "-pk"]
        verbose_name = "décision"
        constraints = [
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(publication__isnull=True),
                name="decision_une_en_preparation",
                violation_error_message="Une décision est déjà préparée pour cette candidature.",
            ),
            models.CheckConstraint(
                name="decision_motif_requis",
                condition=Q(motif__regex=r"\S"),
                violation_error_message="Une décision est motivée.",
            ),
            models.CheckConstraint(
                name="decision_sens_connu",
                condition=Q(sens__in=SensDecision.values),
                violation_error_message="Ce sens de décision n’existe pas.",
            ),
            models.CheckConstraint(
                name="decision_reorientation_dirigee",
                condition=Q(sens=SensDecision.REORIENTEE, vers_dispositif__isnull=False)
                | (~Q(sens=SensDecision.REORIENTEE) & Q(vers_dispositif__isnull=True)),
                violation_error_message="Une réorientation indique le dispositif proposé.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature.reference} : {self.get_sens_display()}"


class Reorientation(models.Model):
    """The link from a reoriented candidature to the one that its carriers deposit instead."""

    candidature = models.OneToOneField(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="reorientation"
    )
    vers_dispositif = models.ForeignKey(
        "candidatures.Dispositif", on_delete=models.PROTECT, related_name="+"
    )
    motif = models.TextField("motif")
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    nouvelle = models.OneToOneField(
        "candidatures.Candidature",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="issue_de",
        verbose_name="nouvelle candidature",
    )

    class Meta:
        ordering = ["-le", "-pk"]
        verbose_name = "réorientation"
        constraints = [
            models.CheckConstraint(
                name="reorientation_motif_requis",
                condition=Q(motif__regex=r"\S"),
                violation_error_message="Une réorientation est motivée.",
            )
        ]

    def __str__(self):
        return f"{self.candidature.reference} vers {self.vers_dispositif}"
