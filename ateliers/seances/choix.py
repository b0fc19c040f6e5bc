from django.db import models


class EtatSeance(models.TextChoices):
    A_PROGRAMMER = "a_programmer", "À programmer"
    PROGRAMMEE = "programmee", "Programmée"
    CONVOQUEE = "convoquee", "Participants convoqués"
    TENUE = "tenue", "Tenue"
    ANNULEE = "annulee", "Annulée"


TONS_SEANCE = {
    "a_programmer": "",
    "programmee": "info",
    "convoquee": "new",
    "tenue": "success",
    "annulee": "error",
}


class FormatSequence(models.TextChoices):
    VISITE = "visite", "Visite"
    TABLE = "table", "Travail en tables"
    PLENIERE = "pleniere", "Plénière"
    STAND = "stand", "Stand public"
    PANEL = "panel", "Panel citoyen"
    ENTRETIEN = "entretien", "Entretien"
    REPAS = "repas", "Repas ou pause"
    AUTRE = "autre", "Autre"


class PublicSequence(models.TextChoices):
    RESTREINT = "restreint", "Groupe restreint"
    INVITES = "invites", "Tous les invités"
    OUVERT = "ouvert", "Ouvert à tous"
