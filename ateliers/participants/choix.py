from django.db import models


class Reponse(models.TextChoices):
    ATTENDUE = "attendue", "Réponse attendue"
    ACCEPTE = "accepte", "Vient"
    DECLINE = "decline", "Ne vient pas"


class Presence(models.TextChoices):
    PRESENT = "present", "Présent"
    EXCUSE = "excuse", "Excusé"
    ABSENT = "absent", "Absent"
    REPRESENTE = "represente", "Représenté"


TONS_REPONSE = {"attendue": "info", "accepte": "success", "decline": "warning"}
