from django.db import models


class EtatCourriel(models.TextChoices):
    RETENU = "retenu", "Retenu, à relire"
    EN_ATTENTE = "en_attente", "En attente d’envoi"
    ENVOYE = "envoye", "Envoyé"
    ECHEC = "echec", "Échec de l’envoi"
    ANNULE = "annule", "Annulé"
    A_GROUPER = "a_grouper", "Pour le prochain résumé"
    GROUPE = "groupe", "Envoyé dans un résumé"


class Rythme(models.TextChoices):
    IMMEDIAT = "immediat", "Un par un, aussitôt"
    QUOTIDIEN = "quotidien", "Chaque matin, en un seul résumé"
    HEBDOMADAIRE = "hebdomadaire", "Le lundi matin, en un seul résumé"


# What may still leave, after a click or a retry.
EN_ATTENTE_OU_RETENUS = ("retenu", "en_attente", "a_grouper", "echec")
