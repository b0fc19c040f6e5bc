"""A photo is drawn again from its pixels: nothing of the EXIF (place, device, name) is kept."""

from __future__ import annotations

import warnings
from io import BytesIO
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from socle.erreurs import ErreurMetier

COTE_MAX = 2000
PIXELS_MAX = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def nettoyer(fichier) -> ContentFile:
    """Turned upright, 2,000 px at most, JPEG, no metadata. Raises ErreurMetier with a sentence."""
    if fichier.size > settings.TAILLE_MAX_PIECE:
        limite = settings.TAILLE_MAX_PIECE // (1024 * 1024)
        raise ErreurMetier(f"Cette photo dépasse {limite} Mo.")
    fichier.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(fichier, formats=FORMATS)
        if image.width * image.height > PIXELS_MAX:
            raise ErreurMetier("Cette photo est trop grande : réduisez-la avant de l’ajouter.")
        image = ImageOps.exif_transpose(image)
        image.thumbnail((COTE_MAX, COTE_MAX))
        propre = _aplatir(image)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as erreur:
        raise ErreurMetier(
            "Ce fichier n’est pas une photo lisible : choisissez une image JPEG, PNG ou WebP."
        ) from erreur
    sortie = BytesIO()
    propre.save(sortie, "JPEG", quality=85, optimize=True)
    return ContentFile(sortie.getvalue(), name=f"{uuid4().hex}.jpg")


def _aplatir(image: Image.Image) -> Image.Image:
    """Pixels only, on white: a new image has no `info`, hence no metadata to write."""
    visible = image.convert("RGBA")
    fond = Image.new("RGB", image.size, "white")
    fond.paste(visible, mask=visible.getchannel("A"))
    return fond
