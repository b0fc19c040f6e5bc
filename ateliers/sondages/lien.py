"""The signed link of one person asked: it opens their answers and nobody else's."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from ateliers.sondages.models import Sonde

_SIGNATURE = Signer(salt="ateliers.sondages.sonde")


def jeton(sonde: Sonde) -> str:
    return _SIGNATURE.sign(str(sonde.pk))


def chemin(sonde: Sonde) -> str:
    return reverse("ateliers:sondage_repondre", kwargs={"jeton": jeton(sonde)})


def avec_tout(sondes):
    """With all that the page of answers says, in one query."""
    return sondes.select_related(
        "sondage__seance__atelier__service_pilote", "participant", "compte"
    )


def sondes_du_jeton(texte: str):
    """The one person that was signed, as a queryset.

    Empty when the link was altered, or when the account it was made for is closed.
    """
    tous = avec_tout(Sonde.objects.exclude(compte__is_active=False))
    try:
        return tous.filter(pk=_SIGNATURE.unsign(texte))
    except (BadSignature, ValueError):
        return tous.none()
