from django.db import models


class EtatLivrable(models.TextChoices):
    ATTENDU = "attendu", "Attendu"
    DEPOSE = "depose", "Déposé, à relire"
    ACCEPTE = "accepte", "Accepté"
    REFUSE = "refuse", "À reprendre"


TONS_LIVRABLE = {"attendu": "", "depose": "info", "accepte": "success", "refuse": "warning"}
