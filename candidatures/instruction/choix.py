"""Stored words of the instruction."""

from django.db import models

from candidatures.appels.choix import Ancre

__all__ = ["Ancre"]


class SensAvis(models.TextChoices):
    FAVORABLE = "favorable", "Favorable"
    RESERVE = "reserve", "Réservé"
    DEFAVORABLE = "defavorable", "Défavorable"


TONS_AVIS = {
    SensAvis.FAVORABLE: "success",
    SensAvis.RESERVE: "warning",
    SensAvis.DEFAVORABLE: "error",
}


class SensDecision(models.TextChoices):
    PRESELECTIONNEE = "preselectionnee", "Présélectionner"
    RETENUE = "retenue", "Retenir"
    NON_RETENUE = "non_retenue", "Ne pas retenir"
    REORIENTEE = "reorientee", "Réorienter"


VERBES_DECISION = {
    SensDecision.PRESELECTIONNEE: "preselectionner",
    SensDecision.RETENUE: "retenir",
    SensDecision.NON_RETENUE: "ne_pas_retenir",
    SensDecision.REORIENTEE: "reorienter",
}

NOTE_MAX = 5
