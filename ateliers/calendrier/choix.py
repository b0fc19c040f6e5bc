from django.db import models


class Rythme(models.TextChoices):
    PONCTUELLE = "ponctuelle", "Une fois"
    HEBDOMADAIRE = "hebdomadaire", "Chaque semaine"
    MENSUELLE = "mensuelle", "Chaque mois"


class JourSemaine(models.IntegerChoices):
    LUNDI = 0, "lundi"
    MARDI = 1, "mardi"
    MERCREDI = 2, "mercredi"
    JEUDI = 3, "jeudi"
    VENDREDI = 4, "vendredi"
    SAMEDI = 5, "samedi"
    DIMANCHE = 6, "dimanche"


class RangMois(models.IntegerChoices):
    PREMIER = 1, "premier"
    DEUXIEME = 2, "deuxième"
    TROISIEME = 3, "troisième"
    QUATRIEME = 4, "quatrième"
    DERNIER = -1, "dernier"


class EtatDemande(models.TextChoices):
    DEMANDE = "demande", "En attente"
    EN_COURS = "en_cours", "Recherche en cours"
    PRET = "pret", "Calendriers proposés"
    IMPOSSIBLE = "impossible", "Aucun calendrier possible"
    ARRETEE = "arretee", "Recherche arrêtée"
    ECHEC = "echec", "Recherche interrompue"


TONS_DEMANDE = {
    "demande": "info",
    "en_cours": "info",
    "pret": "success",
    "impossible": "warning",
    "arretee": "",
    "echec": "error",
}
VIVANTES = (EtatDemande.DEMANDE, EtatDemande.EN_COURS)
