from django.db import models


class Role(models.TextChoices):
    """What a person does in the démarche; one account, one role (docs/decisions)."""

    DGALN = "dgaln", "DGALN"
    SERVICE_ETAT = "service_etat", "Service de l’État"
    COLLECTIVITE = "collectivite", "Collectivité"
    EQUIPE = "equipe", "Équipe d’assistance"
    EVALUATEUR = "evaluateur", "Évaluateur"
    PARTENAIRE = "partenaire", "Partenaire"


class NatureOrganisme(models.TextChoices):
    ADMINISTRATION_CENTRALE = "administration_centrale", "Administration centrale"
    DDT = "ddt", "DDT(M)"
    DREAL = "dreal", "DREAL"
    DEAL = "deal", "DEAL ou DGTM"
    DTAM = "dtam", "DTAM"
    PREFECTURE = "prefecture", "Préfecture"
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "EPCI"
    SYNDICAT = "syndicat", "Syndicat"
    PETR = "petr", "PETR ou pôle métropolitain"
    BUREAU_ETUDES = "bureau_etudes", "Bureau d’études ou agence"
    ETABLISSEMENT_PUBLIC = "etablissement_public", "Établissement public"
    ASSOCIATION = "association", "Association"
    ECOLE = "ecole", "École ou laboratoire"
    AUTRE = "autre", "Autre"
