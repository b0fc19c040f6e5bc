"""The frozen versions of a cahier des charges, and the visas bound to each."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.cadrage.choix import TONS_VISA, EtatVisa, NiveauVisa
from ateliers.cadrage.models.cahier import CahierDesCharges
from socle.interface import francais
from socle.interface.templatetags.interface import date_courte

PERSONNE = {"on_delete": models.PROTECT, "related_name": "+"}


class VersionCahier(models.Model):
    """The cahier des charges as it was submitted: text, hash, DOCX. A trigger keeps it so.

    `caduque_le`: the writing was opened again, its visas are worth nothing any more.
    """

    cahier = models.ForeignKey(CahierDesCharges, on_delete=models.PROTECT, related_name="versions")
    numero = models.PositiveSmallIntegerField("numéro")
    contenu = models.JSONField("contenu")
    sha256 = models.CharField("empreinte", max_length=64)
    docx = models.BinaryField("document modifiable")
    docx_sha256 = models.CharField("empreinte du document modifiable", max_length=64)
    motif = models.TextField("ce qui change", blank=True)
    figee_le = models.DateTimeField("figée le")
    figee_par = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSONNE)
    caduque_le = models.DateTimeField("caduque le", null=True, blank=True)
    caduque_motif = models.TextField("motif de la reprise", blank=True)
    envoyee_le = models.DateTimeField("envoyée le", null=True, blank=True)
    envoyee_par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    destinataires = models.CharField("destinataires", max_length=200, blank=True)

    class Meta:
        ordering = ["cahier", "-numero"]
        verbose_name = "version du cahier des charges"
        verbose_name_plural = "versions du cahier des charges"
        constraints = [
            models.UniqueConstraint(fields=["cahier", "numero"], name="version_cahier_unique"),
            models.UniqueConstraint(
                fields=["cahier"],
                condition=Q(caduque_le__isnull=True),
                name="version_cahier_une_en_vigueur",
                violation_error_message="Une version du cahier des charges est déjà en vigueur.",
            ),
            models.CheckConstraint(
                name="version_cahier_suivante_motivee",
                condition=Q(numero=1) | ~Q(motif=""),
                violation_error_message="À partir de la deuxième, une version dit ce qui change.",
            ),
            models.CheckConstraint(
                name="version_cahier_envoi_complet",
                condition=Q(envoyee_le__isnull=True)
                | (Q(envoyee_par__isnull=False) & ~Q(destinataires="")),
                violation_error_message="Un envoi dit qui l’a fait et à qui.",
            ),
        ]

    def __str__(self):
        return f"{self.cahier}, version {self.numero}"

    @property
    def envoi_dit(self) -> str:
        """« Envoyé le 3 mars 2026 », or nothing."""
        return f"Envoyé le {date_courte(self.envoyee_le)}" if self.envoyee_le else ""


class VisaCahier(models.Model):
    """One step of the circuit, for one version. `pour`: the person whose visa was delegated."""

    version = models.ForeignKey(VersionCahier, on_delete=models.PROTECT, related_name="visas")
    ordre = models.PositiveSmallIntegerField("ordre")
    niveau = models.CharField("niveau", max_length=20, choices=NiveauVisa)
    organisme = models.ForeignKey("comptes.Organisme", null=True, blank=True, **PERSONNE)
    etat = models.CharField("état", max_length=20, choices=EtatVisa, default=EtatVisa.ATTENDU)
    demande_le = models.DateTimeField("demandé le", null=True, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    pour = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **PERSONNE)
    le = models.DateTimeField("le", null=True, blank=True)
    motif = models.TextField("motif du refus", blank=True)

    class Meta:
        ordering = ["version", "ordre"]
        verbose_name = "visa du cahier des charges"
        verbose_name_plural = "visas du cahier des charges"
        constraints = [
            models.UniqueConstraint(fields=["version", "ordre"], name="visa_cahier_ordre_unique"),
            models.UniqueConstraint(fields=["version", "niveau"], name="visa_cahier_niveau_unique"),
            models.CheckConstraint(
                name="visa_cahier_signe",
                condition=Q(etat=EtatVisa.ATTENDU, par__isnull=True, le__isnull=True)
                | (~Q(etat=EtatVisa.ATTENDU) & Q(par__isnull=False, le__isnull=False)),
                violation_error_message="Un visa donné ou refusé dit par qui et quand.",
            ),
            models.CheckConstraint(
                name="visa_cahier_refus_motive",
                condition=~Q(etat=EtatVisa.REFUSE) | ~Q(motif=""),
                violation_error_message="Un refus de visa dit son motif.",
            ),
            models.CheckConstraint(
                name="visa_cahier_organisme",
                condition=Q(niveau=NiveauVisa.DGALN) | Q(organisme__isnull=False),
                violation_error_message="Le visa d’un service local désigne ce service.",
            ),
        ]

    def __str__(self):
        return f"Visa {self.get_niveau_display()} : {self.get_etat_display()}"

    @property
    def service(self) -> str:
        return self.organisme.nom_court if self.organisme_id else "DGALN"

    @property
    def qui(self) -> str:
        """« de la DREAL Grand Est », to be read after « le visa »."""
        return francais.du(self.service)

    @property
    def a_qui(self) -> str:
        return francais.au(self.service)

    @property
    def ton(self) -> str:
        return TONS_VISA[self.etat]


class RelanceVisa(models.Model):
    """A reminder of a visa that waits; one per day of the calendar of reminders, never two."""

    visa = models.ForeignKey(VisaCahier, on_delete=models.CASCADE, related_name="relances")
    jours = models.PositiveSmallIntegerField("jours d’attente")
    le = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        ordering = ["visa", "jours"]
        verbose_name = "relance de visa"
        verbose_name_plural = "relances de visa"
        constraints = [
            models.UniqueConstraint(
                fields=["visa", "jours"],
                name="relance_visa_unique",
                violation_error_message="Cette relance est déjà partie.",
            )
        ]

    def __str__(self):
        return f"{self.visa_id}, {self.jours} jours"
