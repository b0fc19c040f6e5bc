from django.conf import settings
from django.db import models
from django.db.models import F, Q

from candidatures.comite.choix import Proposition
from candidatures.comite.models.comite import Comite


class PropositionRejetee(models.Model):
    """A proposal put to the vote and refused: it stays in the minutes, another one may follow.

    `votes`: who voted what, by name, when the votes were noted one by one. `rapportee`: what this
    vote withdrew, in the words of `attentions.contenu`.
    """

    comite = models.ForeignKey(Comite, on_delete=models.CASCADE, related_name="rejets")
    candidature = models.ForeignKey(
        "candidatures.Candidature", on_delete=models.PROTECT, related_name="+"
    )
    proposition = models.CharField("proposition", max_length=20, choices=Proposition)
    precision = models.CharField("précision", max_length=200, blank=True)
    motif = models.TextField("motif", blank=True)
    dissidence = models.TextField("opinion dissidente", blank=True)
    pour = models.PositiveSmallIntegerField("pour", default=0)
    contre = models.PositiveSmallIntegerField("contre", default=0)
    abstention = models.PositiveSmallIntegerField("abstention", default=0)
    presidence_contre = models.BooleanField("présidence contre, voix partagées", default=False)
    votes = models.JSONField("votes nominatifs", default=list, blank=True)
    rapportee = models.JSONField("délibération rapportée", default=dict, blank=True)
    presents = models.PositiveSmallIntegerField("présents votants")
    quorum = models.PositiveSmallIntegerField("quorum")
    rejetee_le = models.DateTimeField("rejetée le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["comite", "candidature", "pk"]
        verbose_name = "proposition rejetée"
        verbose_name_plural = "propositions rejetées"
        constraints = [
            models.CheckConstraint(
                name="rejet_quorum",
                condition=Q(quorum__gte=1, presents__gte=F("quorum")),
                violation_error_message="Pas de vote sans quorum.",
            ),
            models.CheckConstraint(
                name="rejet_voix_des_presents",
                condition=Q(presents__gte=F("pour") + F("contre") + F("abstention")),
                violation_error_message="Il y a plus de voix que de présents.",
            ),
            models.CheckConstraint(
                name="rejet_sans_majorite",
                condition=Q(pour__lt=F("contre")) | Q(pour=F("contre"), presidence_contre=True),
                violation_error_message="Cette proposition a recueilli la majorité.",
            ),
        ]

    def __str__(self):
        return f"{self.candidature_id} : {self.get_proposition_display()}, rejetée"

    @property
    def libelle(self) -> str:
        return self.get_proposition_display()
