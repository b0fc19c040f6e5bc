"""Who may answer a call, as rows: a rule is never changed, a new version replaces it."""

from django.db import models
from django.db.models import Q

from candidatures.appels.models.appel import Appel
from candidatures.dispositifs.models import Dispositif


class RegleEligibilite(models.Model):
    """`expression` is one entry of the small catalogue: {"type": …, "valeur": …}.

    A rule holds for a dispositif, or for one appel (which then replaces the rule of same `cle`).
    """

    dispositif = models.ForeignKey(
        Dispositif, null=True, blank=True, on_delete=models.CASCADE, related_name="regles"
    )
    appel = models.ForeignKey(
        Appel, null=True, blank=True, on_delete=models.CASCADE, related_name="regles"
    )
    cle = models.SlugField("clé", max_length=40)
    version = models.PositiveSmallIntegerField("version", default=1)
    libelle = models.CharField("libellé", max_length=160)
    expression = models.JSONField("condition")
    bloquante = models.BooleanField("bloquante", default=True)
    explication = models.TextField("pourquoi cette règle")
    que_faire = models.CharField("que faire", max_length=300, blank=True)
    active = models.BooleanField("en vigueur", default=True)
    cree_le = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        ordering = ["cle", "-version"]
        verbose_name = "règle d’éligibilité"
        verbose_name_plural = "règles d’éligibilité"
        constraints = [
            models.CheckConstraint(
                name="regle_dispositif_ou_appel",
                condition=Q(dispositif__isnull=False, appel__isnull=True)
                | Q(dispositif__isnull=True, appel__isnull=False),
                violation_error_message="Une règle vaut pour un dispositif ou pour un appel.",
            ),
            models.UniqueConstraint(
                fields=["dispositif", "appel", "cle", "version"],
                name="regle_version_unique",
                nulls_distinct=False,
                violation_error_message="Cette version de la règle existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["dispositif", "appel", "cle"],
                condition=Q(active=True),
                name="regle_une_version_active",
                nulls_distinct=False,
                violation_error_message="Une seule version d’une règle est en vigueur.",
            ),
        ]

    def __str__(self):
        return f"{self.libelle} (version {self.version})"
