"""The signed link of a request: who holds it confirms, or gives the place back."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ateliers.inscriptions.models import Inscription

_SIGNATURE = Signer(salt="ateliers.inscriptions.inscription")


def jeton(inscription: Inscription) -> str:
    return _SIGNATURE.sign(str(inscription.pk))


def chemin(inscription: Inscription) -> str:
    return reverse("ateliers:inscription", kwargs={"jeton": jeton(inscription)})


def inscriptions_du_jeton(texte: str):
    toutes = Inscription.objects.select_related(
        "inscriptions__seance__atelier__service_pilote", "invitation"
    )
    try:
        return toutes.filter(pk=_SIGNATURE.unsign(texte))
    except (BadSignature, ValueError):
        return toutes.none()
