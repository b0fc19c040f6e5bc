from django.db import models


class GenrePiece(models.TextChoices):
    ACTE = "acte", "Acte d’engagement"
    AVENANT = "avenant", "Avenant"
    ORDRE = "ordre", "Ordre de service"


class EtatPiece(models.TextChoices):
    PROJET = "projet", "Projet"
    SIGNEE = "signee", "Signée"
    NOTIFIEE = "notifiee", "Notifiée"


TONS_PIECE = {"projet": "info", "signee": "new", "notifiee": "success"}
