from django.db import models


class Instance(models.TextChoices):
    COTECH = "cotech", "Comité technique"
    COPIL = "copil", "Comité de pilotage"


class Cote(models.TextChoices):
    ELU = "elu", "Pour les collectivités"
    ETAT = "etat", "Pour l’État"
