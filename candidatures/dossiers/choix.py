"""Stored words of a candidature."""

from django.db import models

from candidatures.appels.choix import AIDE_SECTIONS, CleSection

__all__ = ["AIDE_SECTIONS", "CleSection"]


class EtatCandidature(models.TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    DEPOSEE = "deposee", "Déposée"
    A_COMPLETER = "a_completer", "À compléter"
    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    EN_EVALUATION = "en_evaluation", "En évaluation"
    PRESELECTIONNEE = "preselectionnee", "Présélectionnée"
    EN_RESERVE = "en_reserve", "En liste de réserve"
    RETENUE = "retenue", "Retenue"
    NON_RETENUE = "non_retenue", "Non retenue"
    REORIENTEE = "reorientee", "Réorientée"
    RETIREE = "retiree", "Retirée"


TONS_ETAT = {
    EtatCandidature.BROUILLON: "",
    EtatCandidature.DEPOSEE: "info",
    EtatCandidature.A_COMPLETER: "warning",
    EtatCandidature.RECEVABLE: "info",
    EtatCandidature.IRRECEVABLE: "error",
    EtatCandidature.EN_EVALUATION: "info",
    EtatCandidature.PRESELECTIONNEE: "new",
    EtatCandidature.EN_RESERVE: "warning",
    EtatCandidature.RETENUE: "success",
    EtatCandidature.NON_RETENUE: "error",
    EtatCandidature.REORIENTEE: "warning",
    EtatCandidature.RETIREE: "",
}


class CleRubrique(models.TextChoices):
    """Parts of the dossier outside the note; each is saved and versioned alone."""

    IDENTITE = "identite", "Organismes et territoire"
    RESSOURCES = "ressources", "Ressources propres"
    PROJETS = "projets", "Projets en cours"
    SCHEMAS = "schemas", "Schémas et documents d’urbanisme"
    THEMES = "themes", "Thèmes et gouvernance"
    ACTEURS = "acteurs", "Acteurs à mobiliser"


class NatureSchema(models.TextChoices):
    SCOT = "scot", "SCoT"
    PLUI = "plui", "PLU intercommunal"
    PLU = "plu", "PLU"
    PCAET = "pcaet", "PCAET"
    SRADDET = "sraddet", "SRADDET"
    SAR = "sar", "Schéma d’aménagement régional (outre-mer)"
    PLH = "plh", "Programme local de l’habitat"
    CHARTE = "charte", "Charte de parc naturel"
    AUTRE = "autre", "Autre document"


class EtatSchema(models.TextChoices):
    EN_VIGUEUR = "en_vigueur", "En vigueur"
    EN_REVISION = "en_revision", "En révision"
    EN_ELABORATION = "en_elaboration", "En élaboration"


class StadeProjet(models.TextChoices):
    REFLEXION = "reflexion", "Réflexion"
    CONCEPTION = "conception", "Conception"
    AVANT_PROJET = "avant_projet", "Avant-projet ou au-delà"


class Programme(models.TextChoices):
    ACV = "acv", "Action cœur de ville"
    PVD = "pvd", "Petites villes de demain"
    CRTE = "crte", "Contrat pour la réussite de la transition écologique"
    PPA = "ppa", "Projet partenarial d’aménagement"
    ECOQUARTIER = "ecoquartier", "ÉcoQuartier"
    ORT = "ort", "Opération de revitalisation de territoire"
    VILLAGES = "villages", "Villages d’avenir"
    TI = "ti", "Territoires d’industrie"


class AvisVisa(models.TextChoices):
    FAVORABLE = "favorable", "Favorable"
    RESERVE = "reserve", "Réservé"


class EtatAnalyse(models.TextChoices):
    """What the antivirus said of a piece."""

    NON_ANALYSEE = "non_analysee", "Non analysée"
    EN_ANALYSE = "en_analyse", "En cours d’analyse"
    SAINE = "saine", "Saine"
    REFUSEE = "refusee", "Refusée par l’antivirus"
