from django.db import models


class EtatAppel(models.TextChoices):
    BROUILLON = "brouillon", "En préparation"
    PUBLIE = "publie", "Publié"
    CLOS = "clos", "Clos"


class EtatSession(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    OUVERTE = "ouverte", "Appel ouvert"
    EN_COURS = "en_cours", "Ateliers en cours"
    ACHEVEE = "achevee", "Achevée"
