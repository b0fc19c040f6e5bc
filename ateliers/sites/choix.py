from django.db import models


class EtatHypothese(models.TextChoices):
    EMISE = "emise", "Émise"
    CONSOLIDEE = "consolidee", "Consolidée"
    RETENUE = "retenue", "Retenue"
    ECARTEE = "ecartee", "Écartée"


class GenreSite(models.TextChoices):
    FRICHE = "friche", "Friche"
    CENTRE = "centre", "Centre-ville ou centre-bourg"
    QUARTIER = "quartier", "Quartier"
    ILOT = "ilot", "Îlot ou bâtiment"
    ESPACE_PUBLIC = "espace_public", "Espace public"
    ENTREE_DE_VILLE = "entree_de_ville", "Entrée de ville ou zone commerciale"
    BERGE = "berge", "Berge, vallée ou littoral"
    AGRICOLE = "agricole", "Espace agricole ou naturel"
    AUTRE = "autre", "Autre"
