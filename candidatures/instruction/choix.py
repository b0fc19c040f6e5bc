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
    RESERVE = "reserve", "Inscrire en réserve"
    NON_RETENUE = "non_retenue", "Ne pas retenir"
    REORIENTEE = "reorientee", "Réorienter"


# What a decision makes of a dossier, of several.
RENDUES = {
    SensDecision.PRESELECTIONNEE: ("présélectionnée", "présélectionnées"),
    SensDecision.RETENUE: ("retenue", "retenues"),
    SensDecision.RESERVE: ("inscrite en réserve", "inscrites en réserve"),
    SensDecision.NON_RETENUE: ("non retenue", "non retenues"),
    SensDecision.REORIENTEE: ("réorientée", "réorientées"),
}


def compter_rendues(comptes: dict) -> str:
    """« 5 retenues, 1 non retenue », in the order of the choices; those that are none left out."""
    return ", ".join(
        f"{nombre}\u00a0{RENDUES[sens][nombre > 1]}"
        for sens in SensDecision
        if (nombre := comptes.get(sens, 0))
    )


class GenreLot(models.TextChoices):
    RECEVABLE = "recevable", "Déclarées recevables"
    EVALUATION = "evaluation", "Mises en évaluation"
    DECISIONS = "decisions", "Décisions préparées"


VERBES_DECISION = {
    SensDecision.PRESELECTIONNEE: "preselectionner",
    SensDecision.RETENUE: "retenir",
    SensDecision.RESERVE: "mettre_en_reserve",
    SensDecision.NON_RETENUE: "ne_pas_retenir",
    SensDecision.REORIENTEE: "reorienter",
}

NOTE_MAX = 5


class OrigineDeport(models.TextChoices):
    DECLARE = "declare", "Déclaré"
    CALCULE = "calcule", "Calculé"
    SEANCE = "seance", "Noté en séance"


class GenrePhase(models.TextChoices):
    RECEVABILITE = "recevabilite", "Recevabilité"
    AVIS = "avis", "Avis"
    EVALUATION = "evaluation", "Évaluation"
    COMITE = "comite", "Comité"
    DECISION = "decision", "Décision"


QUI_PHASE = {
    GenrePhase.RECEVABILITE: "La DGALN examine la recevabilité et demande les compléments.",
    GenrePhase.AVIS: "Les organismes consultés lisent le dossier et rendent leur avis.",
    GenrePhase.EVALUATION: "Les évaluateurs lisent, notent et déposent leur évaluation.",
    GenrePhase.COMITE: "Le comité délibère ; la DGALN prépare les décisions.",
    GenrePhase.DECISION: "La DGALN publie les décisions.",
}


class JalonRelance(models.TextChoices):
    J7 = "j7", "Sept jours avant"
    J2 = "j2", "Deux jours avant"
    RETARD = "retard", "Trois jours après"
    MANUELLE = "manuelle", "À la demande"
