"""Stored words of the instruction."""

from django.db import models


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


class Ancre(models.IntegerChoices):
    """The scale of every criterion, in words."""

    ZERO = 0, "Absent : le dossier n’en dit rien"
    UN = 1, "Très insuffisant : évoqué sans contenu"
    DEUX = 2, "Insuffisant : des éléments, mais non démontrés"
    TROIS = 3, "Satisfaisant : répond à l’attente"
    QUATRE = 4, "Bon : convaincant et étayé"
    CINQ = 5, "Remarquable : pourrait servir d’exemple"
