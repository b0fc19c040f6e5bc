"""Fields shared by the forms of the app."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator


def champ_date(libelle: str, *, aide: str = "", requis: bool = True) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        help_text=aide,
        required=requis,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _pas_trop_lourd(fichier) -> None:
    if fichier.size > settings.TAILLE_MAX_PIECE:
        limite = settings.TAILLE_MAX_PIECE // (1024 * 1024)
        raise ValidationError(f"Ce fichier dépasse {limite} Mo.")


def champ_scan(libelle: str) -> forms.FileField:
    return forms.FileField(
        label=libelle,
        required=False,
        help_text="Fichier PDF, JPEG ou PNG.",
        validators=[FileExtensionValidator(["pdf", "jpg", "jpeg", "png"]), _pas_trop_lourd],
    )


def texte_long(lignes: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": lignes})
