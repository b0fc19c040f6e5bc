from django.db import models

from ateliers.cadrage.choix import NatureContrat


class GenrePiece(models.TextChoices):
    ACTE = "acte", "Acte d’engagement"
    AVENANT = "avenant", "Avenant"
    ORDRE = "ordre", "Ordre de service"


def intitule(genre, nature: str) -> str:
    """An order against an accord-cadre is itself what engages: it has no acte d’engagement."""
    if genre == GenrePiece.ACTE and nature == NatureContrat.BON_DE_COMMANDE:
        return NatureContrat.BON_DE_COMMANDE.label
    return GenrePiece(genre).label


class EtatPiece(models.TextChoices):
    PROJET = "projet", "Projet"
    SIGNEE = "signee", "Signée"
    NOTIFIEE = "notifiee", "Notifiée"


TONS_PIECE = {"projet": "info", "signee": "new", "notifiee": "success"}
