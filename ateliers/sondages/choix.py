from django.db import models


class EtatSondage(models.TextChoices):
    OUVERT = "ouvert", "Ouvert aux réponses"
    CLOS = "clos", "Date retenue"
    ANNULE = "annule", "Annulé"


TONS_SONDAGE = {"ouvert": "info", "clos": "success", "annule": "error"}


class Choix(models.TextChoices):
    OUI = "oui", "Oui"
    SI_BESOIN = "si_besoin", "Si besoin"
    NON = "non", "Non"


class RoleSonde(models.TextChoices):
    """Why somebody with an account is asked: no college counts them."""

    EQUIPE = "equipe", "Équipe d’assistance"
    PILOTE = "pilote", "Service pilote"
    NATIONAL = "national", "Équipe nationale"


MAX_CRENEAUX = 40
