from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ateliers.participants.choix import ObjetConsentement


class Besoin(models.Model):
    """What somebody needs in order to come. Kept apart, erased 30 days after the séance."""

    invitation = models.OneToOneField(
        "ateliers.Invitation", on_delete=models.CASCADE, related_name="+"
    )
    acces = models.CharField("pour accéder au lieu", max_length=300, blank=True)
    repas = models.CharField("pour le repas", max_length=300, blank=True)
    transport = models.CharField("pour venir", max_length=300, blank=True)
    dit_le = models.DateTimeField("dit le", auto_now=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "besoin"
        constraints = [
            models.CheckConstraint(
                name="besoin_dit",
                condition=~Q(acces="", repas="", transport=""),
                violation_error_message="Un besoin porte sur l’accès, le repas ou le transport.",
            )
        ]

    def __str__(self):
        return "Besoin d’un invité"


class Consentement(models.Model):
    """A ledger: what a person agreed to in an atelier, and when they took it back."""

    personne = models.ForeignKey(
        "ateliers.Personne", on_delete=models.CASCADE, related_name="consentements"
    )
    atelier = models.ForeignKey("ateliers.Atelier", on_delete=models.CASCADE, related_name="+")
    objet = models.CharField("objet", max_length=20, choices=ObjetConsentement)
    donne_le = models.DateTimeField("donné le")
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    recueilli_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["-donne_le", "-pk"]
        verbose_name = "consentement"
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "atelier", "objet"],
                condition=Q(retire_le__isnull=True),
                name="consentement_un_seul_en_cours",
                violation_error_message="Cette personne a déjà donné cet accord.",
            ),
            models.CheckConstraint(
                name="consentement_retire_apres",
                condition=Q(retire_le__isnull=True) | Q(retire_le__gte=F("donne_le")),
                violation_error_message="Un accord se retire après avoir été donné.",
            ),
        ]

    def __str__(self):
        return self.get_objet_display()
