from django.db import models


class EtatDocument(models.TextChoices):
    DEMANDE = "demande", "Demandé"
    EN_COURS = "en_cours", "En cours de fabrication"
    PRET = "pret", "Prêt"
    ECHEC = "echec", "Échec"
