"""The number by which a service is called, as its letters write it."""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from socle.erreurs import ErreurMetier

# Those whose national numbers start with 0: one cannot be taken for another's.
REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")
REFUS = (
    "Ce numéro de téléphone n’est pas valable. Écrivez-le comme « 03 22 97 21 00 », ou avec son "
    "indicatif : « +687 25 60 00 »."
)


def lire_telephone(texte: str) -> str:
    """E.164, or a sentence; nothing for nothing."""
    if not texte.strip():
        return ""
    for region in REGIONS:
        try:
            numero = phonenumbers.parse(texte, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(numero) and not numero.extension:
            return phonenumbers.format_number(numero, PhoneNumberFormat.E164)
    raise ErreurMetier(REFUS, champ="telephone")


def telephone_lisible(numero: str) -> str:
    """« 03 22 97 21 00 »; a number of the Pacific keeps the country code that it needs."""
    if not numero:
        return ""
    lu = phonenumbers.parse(numero, None)
    proche = phonenumbers.region_code_for_number(lu) in REGIONS
    forme = PhoneNumberFormat.NATIONAL if proche else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(lu, forme).replace(" ", "\u00a0")
