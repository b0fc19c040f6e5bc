from django.conf import settings
from django.db import models
from django.db.models import Q

from ateliers.contributions.choix import TONS_NATURE, NatureContribution
from candidatures.dispositifs.choix import College, RessourceNature


class Contribution(models.Model):
    """An idea or a fact recorded in a séance. Its author is a collège, never a name."""

    seance = models.ForeignKey("ateliers.Seance", on_delete=models.PROTECT, related_name="+")
    texte = models.TextField("contribution", max_length=1000)
    nature = models.CharField(
        "nature", max_length=20, choices=NatureContribution, default=NatureContribution.IDEE
    )
    table = models.CharField("table", max_length=40, blank=True)
    ressource = models.CharField(
        "ressource du territoire", max_length=20, choices=RessourceNature, blank=True
    )
    college = models.CharField("collège", max_length=30, choices=College, blank=True)
    photo = models.ImageField("photo", upload_to="contributions/%Y/%m/", blank=True)
    photo_legende = models.CharField("description de la photo", max_length=200, blank=True)
    # People can be recognised on it whom nobody has named: it is held (domaine.images).
    photo_inconnus = models.BooleanField("on y reconnaît des personnes", default=False)
    hypothese = models.ForeignKey(
        "ateliers.Hypothese",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="hypothèse",
    )
    site = models.ForeignKey(
        "ateliers.SiteDemonstrateur",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="site démonstrateur",
    )
    saisie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saisie_le = models.DateTimeField("saisie le", auto_now_add=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "contribution"
        constraints = [
            models.CheckConstraint(
                name="contribution_texte_requis",
                condition=~Q(texte=""),
                violation_error_message="Écrivez la contribution.",
            )
        ]

    def __str__(self):
        return self.texte[:80]

    @property
    def ton(self):
        return TONS_NATURE[self.nature]
