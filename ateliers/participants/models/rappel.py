from django.db import models
from django.db.models import Q

from ateliers.participants.choix import EtatRappel, RefusRappel


class RappelSms(models.Model):
    """A mobile number that its owner gave to be reminded of one séance, and what became of it.

    The row is the consent: taking it back erases it. Gone 30 days after the séance.
    """

    invitation = models.OneToOneField(
        "ateliers.Invitation", on_delete=models.CASCADE, related_name="rappel_sms"
    )
    numero = models.CharField("numéro de mobile", max_length=16)
    accepte_le = models.DateTimeField("accepté le")
    etat = models.CharField("état", max_length=20, choices=EtatRappel, default=EtatRappel.ATTENDU)
    refus = models.CharField("motif du refus", max_length=20, choices=RefusRappel, blank=True)
    # The start of the séance that was reminded: a new date asks for another reminder.
    pour = models.DateTimeField("pour la séance du", null=True, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "rappel par SMS"
        verbose_name_plural = "rappels par SMS"
        constraints = [
            models.CheckConstraint(
                name="rappel_sms_numero_e164",
                condition=Q(numero__regex=r"^\+[1-9][0-9]{6,14}$"),
                violation_error_message="Un numéro se garde sous sa forme internationale.",
            ),
            models.CheckConstraint(
                name="rappel_sms_refus_motive",
                condition=(Q(etat="refuse") & ~Q(refus="")) | (~Q(etat="refuse") & Q(refus="")),
                violation_error_message="Un SMS refusé porte un motif, et lui seul.",
            ),
            models.CheckConstraint(
                name="rappel_sms_envoye_pour",
                condition=Q(etat="attendu") | Q(pour__isnull=False, envoye_le__isnull=False),
                violation_error_message="Un SMS parti dit quand, et pour quelle séance.",
            ),
        ]

    def __str__(self):
        return self.get_etat_display()
