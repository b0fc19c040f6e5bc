from django.db import models


class EtatLivrable(models.TextChoices):
    ATTENDU = "attendu", "Attendu"
    DEPOSE = "depose", "Déposé, à relire"
    ACCEPTE = "accepte", "Accepté"
    REFUSE = "refuse", "À reprendre"


TONS_LIVRABLE = {"attendu": "", "depose": "info", "accepte": "success", "refuse": "warning"}


class Palier(models.TextChoices):
    AVANT = "j-15", "Dans quinze jours"
    JOUR = "j0", "Aujourd’hui"
    APRES = "j+7", "Une semaine de retard"


ECARTS = {Palier.AVANT: -15, Palier.JOUR: 0, Palier.APRES: 7}
