"""Stored words of the dispositifs. Values are stable ASCII; labels are for the screen."""

from django.db import models


class GenreSeance(models.TextChoices):
    """Kinds of dated gatherings, in the order of the démarche."""

    SENSIBILISATION = "sensibilisation", "Temps de sensibilisation"
    LANCEMENT = "lancement", "Séminaire de lancement"
    ATELIER = "atelier", "Atelier in situ"
    INTER_ATELIER = "inter_atelier", "Inter-atelier"
    COPIL = "copil", "Comité de pilotage"
    RESTITUTION = "restitution", "Séminaire de restitution"


# Held in a half-day, unless the dispositif gives them several days.
EN_DEMI_JOURNEE = (GenreSeance.COPIL, GenreSeance.INTER_ATELIER)


# Where the national staff is expected, in a session.
AVEC_EQUIPE_NATIONALE = (GenreSeance.LANCEMENT, GenreSeance.RESTITUTION)


class RessourceNature(models.TextChoices):
    """The seven kinds of ressources propres."""

    HUMAINES = "humaines", "Ressources humaines"
    NATURELLES = "naturelles", "Ressources naturelles"
    AGRICOLES = "agricoles", "Ressources agricoles"
    ECONOMIQUES = "economiques", "Ressources économiques"
    MATERIELLES = "materielles", "Ressources matérielles"
    NUMERIQUES = "numeriques", "Ressources numériques"
    IMMATERIELLES = "immaterielles", "Ressources immatérielles"


AIDE_RESSOURCES = {
    RessourceNature.HUMAINES: "Compétences, savoir-faire, formation, vie associative.",
    RessourceNature.NATURELLES: "Biodiversité, paysages, eau, sols.",
    RessourceNature.AGRICOLES: "Alimentation, sylviculture, appellations d’origine.",
    RessourceNature.ECONOMIQUES: "Entreprises, filières, investissements, tourisme.",
    RessourceNature.MATERIELLES: "Infrastructures, patrimoine bâti, logements, friches.",
    RessourceNature.NUMERIQUES: "Données, réseaux, services en ligne.",
    RessourceNature.IMMATERIELLES: "Valeurs, culture, mémoire, image du territoire.",
}


class College(models.TextChoices):
    """Categories of people who take part in a séance."""

    ELUS = "elus", "Élus"
    TECHNICIENS_ETAT = "techniciens_etat", "Techniciens de l’État"
    TECHNICIENS_COLLECTIVITES = "techniciens_collectivites", "Techniciens des collectivités"
    SOCIO_ECONOMIQUES = "socio_economiques", "Acteurs socio-économiques"
    ASSOCIATIONS = "associations", "Associations"
    HABITANTS = "habitants", "Habitants et usagers"
    CHERCHEURS = "chercheurs", "Chercheurs"
    EQUIPE = "equipe", "Équipe d’assistance"


class FamilleTheme(models.TextChoices):
    TERRITORIALES = "territoriales", "Transitions territoriales et urbaines"
    SOCIALES = "sociales", "Transitions culturelles, sociales, économiques et citoyennes"
    ENVIRONNEMENTALES = "environnementales", "Transitions environnementales et énergétiques"


class NatureZonage(models.TextChoices):
    """What a list may say of a commune; the value is the code in the file."""

    LITTORAL = "littoral", "Loi Littoral"
    MONTAGNE = "montagne", "Loi Montagne"
    FRR = "frr", "France ruralités revitalisation"
    ZRR = "zrr", "Zone de revitalisation rurale"
    QPV = "qpv", "Quartier prioritaire de la politique de la ville"
    PPRI = "ppri", "Plan de prévention du risque inondation"
    PPRL = "pprl", "Plan de prévention des risques littoraux"
    PPRT = "pprt", "Plan de prévention des risques technologiques"
    PPRN = "pprn", "Autre plan de prévention des risques naturels"
    TRI = "tri", "Territoire à risque important d’inondation"
    AUTRE = "autre", "Autre zonage"
