from django.db import models

# What other rooms may be told of (socle.abonnes).
INVITATION_REPONDUE = "invitation repondue"
INVITATION_RETIREE = "invitation retiree"


class Reponse(models.TextChoices):
    ATTENDUE = "attendue", "Réponse attendue"
    ACCEPTE = "accepte", "Vient"
    PEUT_ETRE = "peut_etre", "Peut-être, à confirmer"
    DECLINE = "decline", "Ne vient pas"
    DELEGUE = "delegue", "Se fait représenter"


# The answer, told to the person who gave it.
REPONSES_DITES = {
    Reponse.ACCEPTE: "Vous venez.",
    Reponse.PEUT_ETRE: "Vous viendrez peut-être.",
    Reponse.DECLINE: "Vous ne venez pas.",
}
# Who said that they will not be in the room.
NE_VIENNENT_PAS = (Reponse.DECLINE, Reponse.DELEGUE)


class Delegation(models.TextChoices):
    SUPPLEANT = "suppleant", "Suppléant"
    POUVOIR = "pouvoir", "Personne qui a reçu pouvoir"


class ObjetConsentement(models.TextChoices):
    IMAGE = "image", "Être photographié ou filmé"
    ENREGISTREMENT = "enregistrement", "Être enregistré"


class EtatRappel(models.TextChoices):
    ATTENDU = "attendu", "À envoyer la veille"
    ENVOYE = "envoye", "Envoyé"
    REFUSE = "refuse", "Refusé"


class RefusRappel(models.TextChoices):
    NUMERO = "numero", "numéro refusé par la passerelle"
    ACCES = "acces", "accès à la passerelle refusé"
    PASSERELLE = "passerelle", "erreur de la passerelle"
    SANS_REPONSE = "sans_reponse", "passerelle sans réponse, message peut-être parti"


class Presence(models.TextChoices):
    PRESENT = "present", "Présent"
    EXCUSE = "excuse", "Excusé"
    ABSENT = "absent", "Absent"
    REPRESENTE = "represente", "Représenté"


TONS_REPONSE = {
    "attendue": "info",
    "accepte": "success",
    "peut_etre": "info",
    "decline": "warning",
    "delegue": "new",
}
