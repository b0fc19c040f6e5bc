"""Reference data of the cahier des charges. Idempotent: later edits of DGALN are kept."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from ateliers.cadrage.models import CompetenceType
from candidatures.dispositifs.models import Dispositif

DONNEES = Path(__file__).parent.parent / "donnees"


def lire(nom: str):
    return json.loads((DONNEES / nom).read_text(encoding="utf-8"))


@transaction.atomic
def installer() -> None:
    """Once per dispositif: a line that DGALN removed does not come back."""
    _installer_competences(lire("competences.json"))


def _installer_competences(donnees) -> None:
    for dispositif in Dispositif.objects.filter(pk__in=donnees):
        if CompetenceType.objects.filter(dispositif=dispositif).exists():
            continue
        CompetenceType.objects.bulk_create(
            CompetenceType(dispositif=dispositif, discipline=discipline, jours=jours, ordre=rang)
            for rang, (discipline, jours) in enumerate(donnees[dispositif.pk], start=1)
        )
