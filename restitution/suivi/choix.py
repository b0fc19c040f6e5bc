from django.db import models


class MoisEtape(models.IntegerChoices):
    """The points d’étape that keep a feuille de route alive."""

    SIX = 6, "À 6 mois"
    DOUZE = 12, "À 1 an"
    VINGT_QUATRE = 24, "À 2 ans"


class GenreSuite(models.TextChoices):
    ETUDE = "etude", "Étude"
    OAP = "oap", "OAP dans un PLU(i)"
    PPA = "ppa", "Projet partenarial d’aménagement"
    CONTRAT = "contrat", "Contrat"
    AMI = "ami", "Appel à manifestation d’intérêt"
    OPERATION = "operation", "Opération"
    PUBLICATION = "publication", "Publication"
    AUTRE = "autre", "Autre suite"
