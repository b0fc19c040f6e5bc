from django.db import models


class EtatFeuille(models.TextChoices):
    """Three distinct acts lead from the draft to the public page."""

    BROUILLON = "brouillon", "En cours d’écriture"
    VALIDEE = "validee_techniquement", "Validée techniquement"
    APPROUVEE = "approuvee", "Approuvée politiquement"
    OFFICIALISEE = "officialisee", "Officialisée"
    PUBLIEE = "publiee", "Publiée"


TON_ETAT = {
    EtatFeuille.BROUILLON: "",
    EtatFeuille.VALIDEE: "info",
    EtatFeuille.APPROUVEE: "info",
    EtatFeuille.OFFICIALISEE: "success",
    EtatFeuille.PUBLIEE: "success",
}


class Horizon(models.TextChoices):
    COURT = "court", "Court terme"
    MOYEN = "moyen", "Moyen terme"
    LONG = "long", "Long terme"


class Priorite(models.TextChoices):
    HAUTE = "haute", "Priorité haute"
    MOYENNE = "moyenne", "Priorité moyenne"
    BASSE = "basse", "Priorité basse"


class Avancement(models.TextChoices):
    A_ENGAGER = "a_engager", "À engager"
    EN_COURS = "en_cours", "En cours"
    REALISEE = "realisee", "Réalisée"
    EN_DIFFICULTE = "en_difficulte", "En difficulté"
    ABANDONNEE = "abandonnee", "Abandonnée"


TON_AVANCEMENT = {
    Avancement.A_ENGAGER: "",
    Avancement.EN_COURS: "info",
    Avancement.REALISEE: "success",
    Avancement.EN_DIFFICULTE: "warning",
    Avancement.ABANDONNEE: "error",
}
