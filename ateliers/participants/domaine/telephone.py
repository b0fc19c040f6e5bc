"""A number as somebody types it → E.164, or a sentence."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from socle.erreurs import ErreurMetier
from socle.territoires.choix import FUSEAUX

HEXAGONE = "FR"
MOBILES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
REGIONS = {
    FUSEAUX[departement]: region
    for departement, region in {
        "971": "GP",
        "972": "MQ",
        "973": "GF",
        "974": "RE",
        "975": "PM",
        "976": "YT",
        "977": "BL",
        "978": "MF",
        "986": "WF",
        "987": "PF",
        "988": "NC",
    }.items()
}
REFUS = "Ce numéro de mobile n’est pas valable. Écrivez-le comme « 06 12 34 56 78 » ou « +33 6… »."


def normaliser(texte: str, fuseau: str) -> str:
    """Read as in the territory of the site, then as in the Hexagon."""
    for region in dict.fromkeys((REGIONS.get(fuseau, HEXAGONE), HEXAGONE)):
        try:
            numero = phonenumbers.parse(texte, region)
        except NumberParseException:
            continue
        mobile = phonenumbers.number_type(numero) in MOBILES
        if mobile and phonenumbers.is_valid_number(numero):
            return phonenumbers.format_number(numero, PhoneNumberFormat.E164)
    raise ErreurMetier(REFUS, champ="numero")


def lisible(numero: str) -> str:
    """« +33 6 12 34 56 78 »."""
    lu = phonenumbers.parse(numero, None)
    return phonenumbers.format_number(lu, PhoneNumberFormat.INTERNATIONAL)
