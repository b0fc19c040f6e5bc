"""The form field of a perimeter: codes picked one by one, or typed one per line."""

from __future__ import annotations

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError

from socle.territoires.domaine.saisie import lire_codes, lire_lignes
from socle.territoires.models import Commune, Departement, Epci, Perimetre
from socle.territoires.widgets import SelecteurPerimetre


@dataclass
class Selection:
    """What the field returns. `creer_perimetre(nom=…, **selection.en_arguments())`."""

    communes: list[Commune] = field(default_factory=list)
    epcis: list[Epci] = field(default_factory=list)
    zones: list[tuple[str, Departement]] = field(default_factory=list)

    def __bool__(self):
        return bool(self.communes or self.epcis or self.zones)

    def en_arguments(self) -> dict:
        return {"communes": self.communes, "epcis": self.epcis, "zones": self.zones}


def codes_de(perimetre: Perimetre | None) -> list[str]:
    """Initial value of the field for a stored perimeter."""
    if perimetre is None:
        return []
    codes = [f"E{code}" for code in (e.pk for e in perimetre.epcis.all())]
    codes += [f"C{code}" for code in (c.pk for c in perimetre.communes.all())]
    codes += [f"Z{zone.departement_id}:{zone.nom}" for zone in perimetre.zones.all()]
    return codes


class ChampPerimetre(forms.Field):
    """Codes « C35238 », « E243500139 », « Z80:Vallée de l’Authie »; cleans to a `Selection`."""

    widget = SelecteurPerimetre
    default_error_messages = {
        "required": "Indiquez au moins une commune, un EPCI ou une zone.",
    }

    def __init__(self, **options):
        options.setdefault("label", "Territoire concerné")
        options.setdefault(
            "help_text",
            "Tapez les premières lettres d’une commune ou d’un EPCI, un code postal ou un code "
            "Insee. Exemple : « st etien ».",
        )
        super().__init__(**options)

    def prepare_value(self, value):
        if isinstance(value, Perimetre):
            return codes_de(value)
        return value

    def clean(self, value):
        codes, lignes = value if isinstance(value, tuple) else (value or [], "")
        erreurs: list[str] = []
        selection = Selection()
        for lecture in (lire_codes(codes), lire_lignes(lignes)):
            erreurs += lecture.erreurs
            selection.communes += [c for c in lecture.communes if c not in selection.communes]
            selection.epcis += [e for e in lecture.epcis if e not in selection.epcis]
            selection.zones += [z for z in lecture.zones if z not in selection.zones]
        if erreurs:
            raise ValidationError(erreurs)
        if self.required and not selection:
            raise ValidationError(self.error_messages["required"], code="required")
        return selection

    def has_changed(self, initial, data):
        if isinstance(initial, Perimetre):
            initial = codes_de(initial)
        codes, lignes = data if isinstance(data, tuple) else (data or [], "")
        return bool(lignes.strip()) or set(codes) != set(initial or [])
