from django.db import models


class EtatCahier(models.TextChoices):
    BROUILLON = "brouillon", "En rédaction"
    VALIDE = "valide", "Validé"


class NatureContrat(models.TextChoices):
    MARCHE = "marche", "Marché"
    MARCHE_SUBSEQUENT = "marche_subsequent", "Marché subséquent"
    BON_DE_COMMANDE = "bon_de_commande", "Bon de commande"


class NatureDepense(models.TextChoices):
    EQUIPE = "equipe", "Équipe d’assistance"
    LOGISTIQUE = "logistique", "Logistique et salles"
    RESTAURATION = "restauration", "Restauration"
    COMMUNICATION = "communication", "Communication et édition"
    DEPLACEMENT = "deplacement", "Déplacements"
    AUTRE = "autre", "Autre"


class RoleMembre(models.TextChoices):
    COTRAITANT = "cotraitant", "Cotraitant"
    EXPERT = "expert", "Expert"
    GRAND_TEMOIN = "grand_temoin", "Grand témoin"


class Discipline(models.TextChoices):
    URBANISME = "urbanisme", "Urbanisme"
    ARCHITECTURE = "architecture", "Architecture"
    PAYSAGE = "paysage", "Paysage"
    ECOLOGIE = "ecologie", "Écologie"
    HYDROLOGIE = "hydrologie", "Hydrologie et risques"
    MOBILITE = "mobilite", "Mobilités"
    ECONOMIE = "economie", "Économie"
    SOCIOLOGIE = "sociologie", "Sociologie"
    CONCERTATION = "concertation", "Concertation"
    PROGRAMMATION = "programmation", "Programmation"
    DESIGN = "design", "Design et graphisme"
    AUTRE = "autre", "Autre"
