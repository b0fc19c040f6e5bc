"""Stored words of the committee."""

from django.db import models


class EtatComite(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    OUVERT = "ouvert", "Séance ouverte"
    CLOS = "clos", "Clos"


TONS_COMITE = {
    EtatComite.PREPARATION: "info",
    EtatComite.OUVERT: "new",
    EtatComite.CLOS: "success",
}


class Proposition(models.TextChoices):
    RETENIR = "retenir", "Retenir"
    RESERVE = "reserve", "Inscrire en réserve"
    NE_PAS_RETENIR = "ne_pas_retenir", "Ne pas retenir"
    REORIENTER = "reorienter", "Réorienter"


class SensVote(models.TextChoices):
    POUR = "pour", "Pour"
    CONTRE = "contre", "Contre"
    ABSTENTION = "abstention", "Abstention"
