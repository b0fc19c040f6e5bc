"""Text folded for looking names up: no accent, no case, one separator. Pure."""

from __future__ import annotations

import unicodedata

LIGATURES = {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"}
SEPARATEURS = "-‐‑‒–'’ʼ\u00a0\u202f_"


def plier(texte: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the position of its origin."""
    plie, origines = [], []
    for position, lettre in enumerate(texte):
        lettre = LIGATURES.get(lettre, lettre)
        lettre = " " if lettre in SEPARATEURS else lettre
        for signe in unicodedata.normalize("NFD", lettre):
            if not unicodedata.combining(signe):
                plie.append(signe.lower()[:1])
                origines.append(position)
    return "".join(plie), origines


def cle(nom: str) -> str:
    """A name as it is looked for."""
    return " ".join(plier(nom)[0].split())
