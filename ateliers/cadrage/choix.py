from django.db import models


class EtatCahier(models.TextChoices):
    BROUILLON = "brouillon", "En rédaction"
    EN_VISA = "en_visa", "Au visa"
    VALIDE = "valide", "Validé"


TONS_CAHIER = {"brouillon": "info", "en_visa": "new", "valide": "success"}


class OrigineSection(models.TextChoices):
    NOTE = "note", "Note figée"
    CLAUSE = "clause", "Clause"
    LIBRE = "libre", "Ajout du pilote"


class PartieCahier(models.TextChoices):
    """Parts of the document, in order."""

    CONTEXTE = "contexte", "La démarche et son contexte"
    TERRITOIRE = "territoire", "Le territoire et sa question"
    MISSION = "mission", "La mission"
    DEROULEMENT = "deroulement", "Le déroulement"
    EQUIPE = "equipe", "L’équipe"
    LIVRABLES = "livrables", "Les livrables"
    EXECUTION = "execution", "L’exécution du contrat"


class TableauCahier(models.TextChoices):
    """Tables computed from the atelier and its dispositif."""

    SEANCES = "seances", "Séances et calendrier du dispositif"
    COMPETENCES = "competences", "Compétences demandées"
    LIVRABLES = "livrables", "Livrables attendus"


class NiveauVisa(models.TextChoices):
    PILOTE = "pilote", "Service pilote"
    DREAL = "dreal", "DREAL"
    DGALN = "dgaln", "DGALN"


class EtatVisa(models.TextChoices):
    ATTENDU = "attendu", "Attendu"
    DONNE = "donne", "Donné"
    REFUSE = "refuse", "Refusé"


TONS_VISA = {"attendu": "info", "donne": "success", "refuse": "error"}


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
