from django.db import models

from candidatures.dispositifs.choix import College


class Civilite(models.TextChoices):
    """Only as a person wishes to be written to; nothing is counted from it."""

    MADAME = "madame", "Madame"
    MONSIEUR = "monsieur", "Monsieur"


# Contacts of these colleges speak for an institution: the services of its territory share them.
INSTITUTIONNELS = (College.ELUS, College.TECHNICIENS_ETAT)
