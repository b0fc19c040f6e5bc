"""One act on many dossiers, which can be undone until it is published."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidatures.instruction.choix import GenreLot

PERSONNE = settings.AUTH_USER_MODEL


class Lot(models.Model):
    """`effets`: keys of what it touches. Nothing changes, nobody is written to before the
    publication; `applique`: of those made when the act came first and the mails after.
    """

    genre = models.CharField("genre", max_length=20, choices=GenreLot)
    par = models.ForeignKey(PERSONNE, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("le")
    nombre = models.PositiveIntegerField("nombre")
    applique = models.BooleanField("appliqué avant publication", default=False)
    effets = models.JSONField(default=list)
    publie_le = models.DateTimeField("publié le", null=True, blank=True)
    annule_le = models.DateTimeField("annulé le", null=True, blank=True)
    annule_par = models.ForeignKey(
        PERSONNE, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-le", "-pk"]
        verbose_name = "lot"
        constraints = [
            models.CheckConstraint(
                name="lot_publie_ou_annule",
                condition=Q(publie_le__isnull=True) | Q(annule_le__isnull=True),
                violation_error_message="Un lot publié ne s’annule plus.",
            )
        ]

    def __str__(self):
        return f"{self.get_genre_display()}, {self.nombre}"
