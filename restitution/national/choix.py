from django.db import models


class EtatPublication(models.TextChoices):
    BROUILLON = "brouillon", "En préparation"
    PUBLIEE = "publiee", "Publiée"
