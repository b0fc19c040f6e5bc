from django.db import models


class EtatCourriel(models.TextChoices):
    RETENU = "retenu", "Retenu, à relire"
    EN_ATTENTE = "en_attente", "En attente d’envoi"
    ENVOYE = "envoye", "Envoyé"
    ECHEC = "echec", "Échec de l’envoi"
    ANNULE = "annule", "Annulé"


# What may still leave, after a click or a retry.
EN_ATTENTE_OU_RETENUS = ("retenu", "en_attente", "a_grouper", "echec")
