from django.db import models


class NatureContribution(models.TextChoices):
    IDEE = "idee", "Idée"
    CONSTAT = "constat", "Constat"
    QUESTION = "question", "Question"
    ATTENTE = "attente", "Attente"
    DESACCORD = "desaccord", "Désaccord"


TONS_NATURE = {
    "idee": "success",
    "constat": "info",
    "question": "new",
    "attente": "",
    "desaccord": "warning",
}
