from django.db import models


class Fil(models.TextChoices):
    INTERNE = "interne", "Entre services de l’État"
    PORTEURS = "porteurs", "Avec les porteurs"
