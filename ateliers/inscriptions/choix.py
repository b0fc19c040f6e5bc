from django.db import models


class EtatInscription(models.TextChoices):
    A_CONFIRMER = "a_confirmer", "Adresse à confirmer"
    INSCRITE = "inscrite", "Inscription confirmée"
    ATTENTE = "attente", "Liste d’attente"
    PROPOSEE = "proposee", "Place proposée"
    RETIREE = "retiree", "Inscription retirée"
    EXPIREE = "expiree", "Délai dépassé"


# What takes a place, and what waits for one.
OCCUPANTES = (EtatInscription.INSCRITE, EtatInscription.PROPOSEE)
VIVANTES = (*OCCUPANTES, EtatInscription.ATTENTE, EtatInscription.A_CONFIRMER)
TONS_INSCRIPTION = {
    "a_confirmer": "",
    "inscrite": "success",
    "attente": "info",
    "proposee": "new",
    "retiree": "",
    "expiree": "warning",
}
