from django.db import models


class EtatAtelier(models.TextChoices):
    CADRAGE = "cadrage", "En cadrage"
    EN_COURS = "en_cours", "En cours"
    RESTITUTION = "restitution", "En restitution"
    SUIVI = "suivi", "En suivi"
    CLOS = "clos", "Clos"
    ABANDONNE = "abandonne", "Abandonné"


TONS_ATELIER = {
    "cadrage": "info",
    "en_cours": "new",
    "restitution": "new",
    "suivi": "success",
    "clos": "",
    "abandonne": "error",
}
