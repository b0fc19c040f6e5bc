from django.db import models


class EtatConsultation(models.TextChoices):
    PREPARATION = "preparation", "Règlement en préparation"
    RECUEIL = "recueil", "Remise des offres"
    ANALYSE = "analyse", "Offres ouvertes, en analyse"
    ATTRIBUEE = "attribuee", "Équipe retenue"
    SANS_SUITE = "sans_suite", "Sans suite"


TONS_CONSULTATION = {
    "preparation": "",
    "recueil": "info",
    "analyse": "new",
    "attribuee": "success",
    "sans_suite": "warning",
}


class FormulePrix(models.TextChoices):
    PROPORTIONNELLE = "proportionnelle", "Proportionnelle : poids × prix le plus bas ÷ prix"
    LINEAIRE = "lineaire", "Linéaire : poids × (2 − prix ÷ prix le plus bas), jamais négative"


class Departage(models.TextChoices):
    TECHNIQUE = "technique", "La meilleure note technique"
    PRIX = "prix", "Le prix le plus bas"
