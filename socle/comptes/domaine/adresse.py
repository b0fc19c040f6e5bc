"""What a postal address says."""

import re

VILLE = re.compile(r"^(?:\d{5}|\d{2} \d{3})\s+(?P<nom>.+?)(?:\s+cedex\b.*)?$", re.I)


def ville(adresse: str) -> str:
    """« 35 rue de la Vallée / 80026 Amiens Cedex 1 »: « Amiens », where its letters are dated."""
    for ligne in reversed(adresse.splitlines()):
        if lue := VILLE.match(ligne.strip()):
            return lue["nom"]
    return ""
