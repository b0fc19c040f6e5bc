from django.db import models

from candidatures.appels.choix import TypeQuestion
from candidatures.dossiers.models.candidature import Candidature
from candidatures.dossiers.models.contenu import PartieRevisee


class Reponse(PartieRevisee):
    """The answer to one question of the call, by its key: a new version of the form keeps it.

    `type` and `libelle` are those of the question when it was answered; `ancienne` keeps, as text,
    what a change of type would have lost.
    """

    candidature = models.ForeignKey(Candidature, on_delete=models.CASCADE, related_name="reponses")
    cle = models.CharField("clé", max_length=60)
    type = models.CharField("type", max_length=20, choices=TypeQuestion)
    libelle = models.CharField("question", max_length=300)
    valeur = models.JSONField("réponse", null=True, blank=True)
    ancienne = models.TextField("réponse à l’ancienne question", blank=True, default="")

    class Meta:
        ordering = ["candidature", "pk"]
        verbose_name = "réponse"
        constraints = [
            models.UniqueConstraint(fields=["candidature", "cle"], name="reponse_unique")
        ]

    def __str__(self):
        return self.libelle
