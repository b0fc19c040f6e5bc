from django.db import models


class EtatAgenda(models.TextChoices):
    ACTIF = "actif", "Synchronisé"
    PAUSE = "pause", "En pause"
    REFUSE = "refuse", "Mot de passe à redonner"


class Portee(models.TextChoices):
    INVITATIONS = "invitations", "Les séances auxquelles je suis convoqué"
    ATELIERS = "ateliers", "Toutes les séances datées de mes ateliers"


class EtatEcrit(models.TextChoices):
    ECRIT = "ecrit", "À jour"
    MODIFIE = "modifie", "Modifié par vous"
    EFFACE = "efface", "Effacé par vous"
    RECU = "recu", "Déjà dans votre agenda, par le courriel"
    A_REFAIRE = "a_refaire", "À réécrire"


TONS_ECRIT = {
    "ecrit": "success",
    "modifie": "warning",
    "efface": "",
    "recu": "info",
    "a_refaire": "info",
}


class Echec(models.TextChoices):
    """Why a diary could not be read or written: the sentence that its owner reads."""

    ADRESSE = (
        "adresse",
        "Aucun agenda CalDAV ne répond à cette adresse. Demandez l’adresse CalDAV à votre service "
        "informatique, ou copiez-la depuis les réglages de votre agenda.",
    )
    CHIFFREE = "chiffree", "L’adresse doit commencer par « https:// »."
    INTERDITE = (
        "interdite",
        "Cette adresse mène à un réseau interne que l’exploitant du site n’a pas autorisé.",
    )
    INCONNUE = "inconnue", "Ce nom de serveur n’existe pas : vérifiez l’adresse."
    REFUS = "refus", "L’identifiant ou le mot de passe est refusé."
    VIDE = "vide", "Aucun calendrier de rendez-vous n’a été trouvé à cette adresse."
    DELAI = "delai", "Le serveur d’agenda n’a pas répondu à temps."
    INJOIGNABLE = "injoignable", "Le serveur d’agenda ne répond pas."
    CERTIFICAT = "certificat", "Le certificat du serveur d’agenda n’est pas valable."
    SURCHARGE = "surcharge", "Le serveur d’agenda est momentanément indisponible."
    DISPARU = "disparu", "Un calendrier choisi n’existe plus : choisissez-en un autre."
    LECTURE_SEULE = (
        "lecture_seule",
        "Le calendrier choisi refuse l’écriture : choisissez-en un autre.",
    )
    SECRET = "secret", "Le mot de passe gardé ne peut plus être lu : redonnez-le."
    INATTENDU = "inattendu", "Le serveur d’agenda a donné une réponse inattendue."


PASSAGERS = frozenset({Echec.DELAI, Echec.INJOIGNABLE, Echec.SURCHARGE})
A_REDONNER = frozenset({Echec.REFUS, Echec.SECRET})
