from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from candidatures.appels.models import Appel
from candidatures.instruction.choix import QUI_PHASE, GenrePhase


class PhaseInstruction(models.Model):
    """When a kind of act is open for an appel. Without a phase, it always is.

    `fin` is included. A phase may be opened again, until a date and with a reason.
    """

    appel = models.ForeignKey(Appel, on_delete=models.CASCADE, related_name="phases")
    genre = models.CharField("phase", max_length=20, choices=GenrePhase)
    debut = models.DateField("du")
    fin = models.DateField("au")
    aveugle = models.BooleanField("lecture à l’aveugle", default=False)
    rouverte_jusqu_au = models.DateField("rouverte jusqu’au", null=True, blank=True)
    motif_reouverture = models.TextField("motif de la réouverture", blank=True)
    rouverte_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["appel", "debut", "pk"]
        verbose_name = "phase d’instruction"
        verbose_name_plural = "phases d’instruction"
        constraints = [
            models.UniqueConstraint(
                fields=["appel", "genre"],
                name="phase_unique",
                violation_error_message="Cette phase est déjà datée pour cet appel.",
            ),
            models.CheckConstraint(
                name="phase_genre_connu",
                condition=Q(genre__in=GenrePhase.values),
                violation_error_message="Cette phase n’existe pas.",
            ),
            models.CheckConstraint(
                name="phase_dates_ordonnees",
                condition=Q(fin__gte=F("debut")),
                violation_error_message="La phase finit avant de commencer.",
            ),
            models.CheckConstraint(
                name="phase_reouverture_motivee",
                condition=Q(rouverte_jusqu_au__isnull=True)
                | Q(motif_reouverture__regex=r"\S", rouverte_jusqu_au__gt=F("fin")),
                violation_error_message="Une réouverture est motivée et prolonge la phase.",
            ),
            models.CheckConstraint(
                name="phase_aveugle_evaluation",
                condition=Q(aveugle=False) | Q(genre=GenrePhase.EVALUATION),
                violation_error_message="Seule l’évaluation peut être à l’aveugle.",
            ),
        ]

    def __str__(self):
        return f"{self.get_genre_display()}, {self.appel}"

    @property
    def cloture(self):
        """The last day on which it is open."""
        return self.rouverte_jusqu_au or self.fin

    def est_ouverte(self, jour=None) -> bool:
        jour = jour or timezone.localdate()
        return self.debut <= jour <= self.cloture

    @property
    def moment(self) -> str:
        """One of avant, ouverte, close: for a class and a word on the screen."""
        jour = timezone.localdate()
        if jour < self.debut:
            return "avant"
        return "ouverte" if jour <= self.cloture else "close"

    @property
    def qui(self) -> str:
        return QUI_PHASE[GenrePhase(self.genre)]
