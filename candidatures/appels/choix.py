from django.db import models


class EtatAppel(models.TextChoices):
    BROUILLON = "brouillon", "En préparation"
    PUBLIE = "publie", "Publié"
    CLOS = "clos", "Clos"


class EtatSession(models.TextChoices):
    PREPARATION = "preparation", "En préparation"
    OUVERTE = "ouverte", "Appel ouvert"
    EN_COURS = "en_cours", "Ateliers en cours"
    ACHEVEE = "achevee", "Achevée"


class CleSection(models.TextChoices):
    """The seven sections of the note d’opportunité, in its order."""

    PORTEURS = "porteurs", "Porteurs de la candidature"
    LOCALISATION = "localisation", "Localisation"
    OBJET = "objet", "Objet de l’atelier"
    OBJECTIFS = "objectifs", "Objectifs poursuivis"
    RESSOURCES = "ressources", "Ressources du territoire"
    DYNAMIQUES_TERRITOIRE = "dynamiques_territoire", "Dynamiques du territoire"
    DYNAMIQUES_AMENAGEMENT = "dynamiques_amenagement", "Dynamiques d’aménagement"


AIDE_SECTIONS = {
    CleSection.PORTEURS: (
        "Qui porte la candidature, pour quelles raisons, et comment l’État et la collectivité "
        "se partagent le pilotage."
    ),
    CleSection.LOCALISATION: (
        "Le périmètre proposé, sa cohérence, les liens avec les territoires voisins."
    ),
    CleSection.OBJET: "La question à laquelle le territoire cherche une réponse.",
    CleSection.OBJECTIFS: (
        "Ce qui doit avoir changé à la fin de l’atelier, et à quoi servira la feuille de route."
    ),
    CleSection.RESSOURCES: (
        "Ce que le territoire possède en propre et sur quoi la stratégie peut s’appuyer."
    ),
    CleSection.DYNAMIQUES_TERRITOIRE: (
        "Évolutions démographiques, économiques, sociales et environnementales à l’œuvre."
    ),
    CleSection.DYNAMIQUES_AMENAGEMENT: (
        "Projets, documents de planification et programmes en cours ; stade de la réflexion."
    ),
}


class EtatVersion(models.TextChoices):
    BROUILLON = "brouillon", "En préparation"
    PUBLIEE = "publiee", "Publiée"


class TypeQuestion(models.TextChoices):
    TEXTE = "texte", "Texte court"
    TEXTE_LONG = "texte_long", "Texte long"
    NOMBRE = "nombre", "Nombre"
    CHOIX = "choix", "Un choix dans une liste"
    CHOIX_MULTIPLES = "choix_multiples", "Plusieurs choix dans une liste"
    DATE = "date", "Date"
    FICHIER = "fichier", "Fichier"
    OUI_NON = "oui_non", "Oui ou non"
    BLOC = "bloc", "Bloc répétable"


class NatureFichier(models.TextChoices):
    """What a piece of a call may be; none chosen, all of them."""

    PDF = "PDF", "PDF"
    IMAGE = "Image", "Image (JPEG ou PNG)"
    TEXTE = "Texte", "Texte (ODT ou DOCX)"


class Operateur(models.TextChoices):
    """What a condition may say of the answer to another question."""

    EGAL = "egal", "est"
    DIFFERENT = "different", "n’est pas"
    CONTIENT = "contient", "comprend"
    SUPERIEUR = "superieur", "est supérieur ou égal à"
    INFERIEUR = "inferieur", "est inférieur ou égal à"
    REMPLI = "rempli", "a une réponse"
    VIDE = "vide", "n’a pas de réponse"


class UsagePiece(models.TextChoices):
    """What the appel makes of a piece of its dispositif."""

    OBLIGATOIRE = "obligatoire", "Obligatoire"
    FACULTATIVE = "facultative", "Facultative"
    NON_DEMANDEE = "non_demandee", "Non demandée"


class TypeRegle(models.TextChoices):
    """The catalogue of conditions that an eligibility rule may hold."""

    STADE_AMONT = "stade_amont", "Le stade du projet est l’un de ceux admis"
    POPULATION_MIN = "population_min", "La population atteint au moins"
    POPULATION_MAX = "population_max", "La population ne dépasse pas"
    NOMBRE_COMMUNES_MIN = "nombre_communes_min", "Le nombre de communes atteint au moins"
    NOMBRE_COMMUNES_MAX = "nombre_communes_max", "Le nombre de communes ne dépasse pas"
    DEPARTEMENTS_MAX = "departements_max", "Le nombre de départements ne dépasse pas"
    SURFACE_MIN = "surface_min", "La surface (km²) atteint au moins"
    SURFACE_MAX = "surface_max", "La surface (km²) ne dépasse pas"
    DENSITE_MIN = "densite_min", "La densité (habitants au km²) atteint au moins"
    DENSITE_MAX = "densite_max", "La densité (habitants au km²) ne dépasse pas"
    ACCORD_COLLECTIVITE = "accord_collectivite", "L’accord de la collectivité est joint"
    SANS_ACCOMPAGNEMENT = (
        "pas_d_accompagnement_en_cours",
        "Aucun atelier n’est déjà accordé sur ce territoire",
    )
    DANS_REGIONS = "dans_liste_regions", "Le territoire est dans l’une des régions"
    HORS_PROGRAMMES = "hors_programmes", "Le territoire ne relève pas des programmes"


class Verdict(models.TextChoices):
    TENUE = "tenue", "Tenue"
    NON_TENUE = "non_tenue", "Non tenue"
    A_VERIFIER = "a_verifier", "À vérifier"


TONS_VERDICT = {Verdict.TENUE: "success", Verdict.NON_TENUE: "error", Verdict.A_VERIFIER: "info"}


class RegleVisas(models.TextChoices):
    """Whether the communes and EPCI that carry a candidature are asked to say so before deposit."""

    NON = "non", "Aucun visa demandé"
    SOUHAITES = "souhaites", "Visas souhaités : leur absence est signalée"
    EXIGES = "exiges", "Visas exigés : leur absence empêche le dépôt"


class Ancre(models.IntegerChoices):
    """The scale of every criterion, in words."""

    ZERO = 0, "Absent : le dossier n’en dit rien"
    UN = 1, "Très insuffisant : évoqué sans contenu"
    DEUX = 2, "Insuffisant : des éléments, mais non démontrés"
    TROIS = 3, "Satisfaisant : répond à l’attente"
    QUATRE = 4, "Bon : convaincant et étayé"
    CINQ = 5, "Remarquable : pourrait servir d’exemple"
