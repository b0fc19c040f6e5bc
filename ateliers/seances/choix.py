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


class GenreOccupation(models.TextChoices):
    EQUIPE = "equipe", "Équipe"
    LIEU = "lieu", "Lieu"


class GenreConflit(models.TextChoices):
    EQUIPE = "equipe", "L’équipe est prise ailleurs"
    LIEU = "lieu", "Le lieu est déjà retenu"
    PERSONNE = "personne", "Un invité est attendu ailleurs"
    CAPACITE = "capacite", "Le lieu est trop petit"
    ABSENCE = "absence", "Quelqu’un d’attendu s’est dit indisponible"
    FERIE = "ferie", "C’est un jour férié du territoire"
    RESERVE = "reserve", "C’est une période de réserve électorale"
    VACANCES = "vacances", "Ce sont les vacances scolaires de la zone"


class Severite(models.TextChoices):
    BLOQUER = "bloquer", "Empêche de convoquer"
    AVERTIR = "avertir", "Avertit seulement"
    IGNORER = "ignorer", "N’est pas signalé"


SEVERITES_PAR_DEFAUT = {
    GenreConflit.EQUIPE: Severite.BLOQUER,
    GenreConflit.LIEU: Severite.BLOQUER,
    GenreConflit.PERSONNE: Severite.AVERTIR,
    GenreConflit.CAPACITE: Severite.AVERTIR,
    GenreConflit.ABSENCE: Severite.AVERTIR,
    GenreConflit.FERIE: Severite.AVERTIR,
    GenreConflit.RESERVE: Severite.BLOQUER,
    GenreConflit.VACANCES: Severite.AVERTIR,
}
