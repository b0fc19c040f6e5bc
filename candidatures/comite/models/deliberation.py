from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidatures.comite.choix import Proposition, SensVote
from candidatures.comite.models.comite import Comite, MembreComite

P = Proposition


class Deliberation(models.Model):
    """What is proposed for one candidature, then what was voted, with its own quorum."""

    comite = models.ForeignKey(Comite, on_delete=models.CASCADE, related_name="deliberations")
    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="+"
    )
    proposition = models.CharField("proposition", max_length=20, choices=P)
    rang_reserve = models.PositiveSmallIntegerField("rang de réserve", null=True, blank=True)
    vers_dispositif = models.ForeignKey(
        "candidatures.Dispositif",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="vers le dispositif",
    )
    motif = models.TextField("motif", blank=True)
    dissidence = models.TextField("opinion dissidente", blank=True)
    pour = models.PositiveSmallIntegerField("pour", default=0)
    contre = models.PositiveSmallIntegerField("contre", default=0)
    abstention = models.PositiveSmallIntegerField("abstention", default=0)
    preponderante = models.BooleanField("voix prépondérante de la présidence", default=False)
    presents = models.PositiveSmallIntegerField("présents votants", default=0)
    quorum = models.PositiveSmallIntegerField("quorum", default=0)
    deliberee_le = models.DateTimeField("délibérée le", null=True, blank=True)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["comite", "candidature"]
        verbose_name = "délibération"
        constraints = [
            models.UniqueConstraint(
                fields=["comite", "candidature"],
                name="deliberation_unique",
                violation_error_message="Ce dossier a déjà sa délibération.",
            ),
            models.UniqueConstraint(
                fields=["comite", "rang_reserve"],
                condition=Q(deliberee_le__isnull=False, rang_reserve__isnull=False),
                name="deliberation_rang_de_reserve_unique",
                violation_error_message="Ce rang de la réserve est déjà attribué.",
            ),
            models.CheckConstraint(
                name="deliberation_quorum",
                condition=Q(deliberee_le__isnull=True)
                | Q(quorum__gte=1, presents__gte=F("quorum")),
                violation_error_message="Pas de délibération sans quorum.",
            ),
            models.CheckConstraint(
                name="deliberation_voix_des_presents",
                condition=Q(presents__gte=F("pour") + F("contre") + F("abstention")),
                violation_error_message="Il y a plus de voix que de présents.",
            ),
            models.CheckConstraint(
                name="deliberation_adoptee",
                condition=Q(deliberee_le__isnull=True)
                | Q(pour__gt=F("contre"))
                | Q(pour=F("contre"), preponderante=True),
                violation_error_message="La proposition n’a pas recueilli la majorité.",
            ),
            models.CheckConstraint(
                name="deliberation_reorientation_dirigee",
                condition=Q(deliberee_le__isnull=True)
                | ~Q(proposition=P.REORIENTER)
                | Q(vers_dispositif__isnull=False),
                violation_error_message="Une réorientation indique le dispositif proposé.",
            ),
            models.CheckConstraint(
                name="deliberation_proposition_connue",
                condition=Q(proposition__in=P.values),
                violation_error_message="Cette proposition n’existe pas.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature_id} : {self.get_proposition_display()}"


class Vote(models.Model):
    deliberation = models.ForeignKey(Deliberation, on_delete=models.CASCADE, related_name="votes")
    membre = models.ForeignKey(MembreComite, on_delete=models.PROTECT, related_name="+")
    sens = models.CharField("sens", max_length=12, choices=SensVote)

    class Meta:
        ordering = ["deliberation", "membre__nom"]
        verbose_name = "vote"
        constraints = [
            models.UniqueConstraint(
                fields=["deliberation", "membre"],
                name="vote_unique",
                violation_error_message="Ce membre a déjà voté.",
            )
        ]

    def __str__(self):
        return f"{self.membre} : {self.get_sens_display()}"
