"""Whom a calendar is sought for: the participants, but for who left the public sign-up."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from ateliers.inscriptions.choix import VIVANTES, EtatInscription
from ateliers.inscriptions.models import Inscription
from ateliers.participants.models import Invitation, Participant


def souhaites(ateliers):
    """Known by a sign-up that they gave back, invited nowhere else: they are awaited no more."""
    a_son_adresse = Inscription.objects.annotate(adresse=Lower("courriel")).filter(
        adresse=Lower(OuterRef("courriel")), inscriptions__seance__atelier=OuterRef("atelier")
    )
    retirees = a_son_adresse.filter(etat=EtatInscription.RETIREE)
    quittee = Inscription.objects.annotate(adresse=Lower("courriel")).filter(
        adresse=Lower(OuterRef("participant__courriel")),
        inscriptions__seance=OuterRef("seance"),
        etat=EtatInscription.RETIREE,
    )
    ailleurs = Invitation.objects.filter(~Exists(quittee), participant=OuterRef("pk"))
    partis = Participant.objects.filter(
        Exists(retirees), ~Exists(a_son_adresse.filter(etat__in=VIVANTES)), ~Exists(ailleurs)
    )
    tous = Participant.objects.filter(atelier__in=ateliers)
    return tous.exclude(pk__in=partis.exclude(courriel="").values("pk"))
