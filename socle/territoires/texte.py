"""Accent folding and word forms, so that « st etien » finds Saint-Étienne. Pure Python."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_SEPARATEURS = re.compile(r"[^a-z0-9]+")
_SUR = re.compile(r"(^|\s)s/")
_SOUS = re.compile(r"(^|\s)s/s(?=\s|$)")
ABREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def plier(texte: str) -> str:
    """Lower case, no accent, one space between words. Folding twice changes nothing."""
    # One pass of lower/NFKD may reveal a letter that the other has to fold: do both twice.
    for _ in range(2):
        texte = unicodedata.normalize("NFKD", texte.casefold()).translate(_LIGATURES)
    texte = "".join(c for c in texte if not unicodedata.combining(c))
    texte = _SUR.sub(r"\1sur ", _SOUS.sub(r"\1sous ", texte))
    return _SEPARATEURS.sub(" ", texte).strip()


def developper(texte: str) -> str:
    """Fold, then write the abbreviations in full: « St-Étienne » gives « saint etienne »."""
    return " ".join(ABREVIATIONS.get(mot, mot) for mot in plier(texte).split())


def formes(mot: str) -> tuple[str, ...]:
    """What a typed, folded word may start: « st » is Saint, or the start of Strasbourg."""
    entier = ABREVIATIONS.get(mot)
    return (mot, entier) if entier else (mot,)
