"""The part of an address made of a title."""

from __future__ import annotations

from django.utils.text import slugify

# `slugify` drops them: « cœurs » gave « curs », « l’eau » gave « leau ».
LISIBLES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "-", "'": "-"})


def en_adresse(titre: str) -> str:
    """« Les cœurs de bourg » gives « les-coeurs-de-bourg »."""
    return slugify(titre.translate(LISIBLES))
