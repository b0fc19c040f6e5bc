from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ateliers.calendrier.choix import TONS_DEMANDE, VIVANTES, EtatDemande


class DemandeCalendrier(models.Model):
    """A search for one atelier, or for all those of a session nationale."""

    atelier = models.ForeignKey(
        "ateliers.Atelier", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    session = models.ForeignKey(
        "candidatures.SessionNationale",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    parametres = models.JSONField("paramètres", default=dict)
    etat = models.CharField("état", max_length=20, choices=EtatDemande, default=EtatDemande.DEMANDE)
    progression = models.PositiveSmallIntegerField("progression", default=0)
    resultat = models.JSONField("résultat", default=dict)
    retenue = models.PositiveSmallIntegerField("calendrier retenu", null=True, blank=True)
    demandee_le = models.DateTimeField("demandée le", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "recherche de calendrier"
        verbose_name_plural = "recherches de calendrier"
        constraints = [
            models.CheckConstraint(
                name="demande_calendrier_un_objet",
                condition=Q(atelier__isnull=False, session__isnull=True)
                | Q(atelier__isnull=True, session__isnull=False),
                violation_error_message="Une recherche porte sur un atelier ou sur une session.",
            ),
            models.CheckConstraint(
                name="demande_calendrier_retenue_prete",
                condition=Q(retenue__isnull=True) | Q(etat="pret"),
                violation_error_message="Seul un calendrier proposé se retient.",
            ),
        ]

    def __str__(self):
        return f"Calendrier : {self.atelier or self.session}"

    def get_absolute_url(self):
        return reverse("ateliers:calendrier_demande", args=[self.pk])

    @property
    def ton(self):
        return TONS_DEMANDE[self.etat]

    @property
    def regles(self) -> list[dict]:
        """What collides and what eases it, each with the rank that its link names; the rules of a
        second collision and the two changes together come last."""
        lues = enumerate(self.resultat.get("regles", []))
        return [{"seconde": False, "ensemble": []} | ligne | {"rang": rang} for rang, ligne in lues]

    @property
    def vivante(self) -> bool:
        return self.etat in VIVANTES
