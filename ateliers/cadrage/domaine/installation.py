"""Reference data of the cahier des charges. Idempotent: later edits of DGALN are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from ateliers.cadrage.domaine.clauses import verifier_reperes
from ateliers.cadrage.models import Clause, CompetenceType, EtapeVisa, VersionClause
from candidatures.dispositifs.models import Dispositif

DONNEES = Path(__file__).parent.parent / "donnees"
INSECABLE = "\u00a0"


def lire(nom: str):
    return json.loads((DONNEES / nom).read_text(encoding="utf-8"))


def typographie(texte: str) -> str:
    """No line begins with a colon: the spaces of French punctuation do not break."""
    texte = re.sub(r" ([:;?!»])", rf"{INSECABLE}\1", texte)
    return texte.replace("« ", f"«{INSECABLE}")


@transaction.atomic
def installer() -> None:
    """Once per dispositif or clause: what DGALN removed or rewrote does not come back."""
    _installer_competences(lire("competences.json"))
    _installer_circuits(lire("circuits.json"))
    _installer_clauses(lire("clauses.json"))


def _installer_competences(donnees) -> None:
    for dispositif in Dispositif.objects.filter(pk__in=donnees):
        if CompetenceType.objects.filter(dispositif=dispositif).exists():
            continue
        CompetenceType.objects.bulk_create(
            CompetenceType(dispositif=dispositif, discipline=discipline, jours=jours, ordre=rang)
            for rang, (discipline, jours) in enumerate(donnees[dispositif.pk], start=1)
        )


def _installer_circuits(donnees) -> None:
    for dispositif in Dispositif.objects.filter(pk__in=donnees):
        if EtapeVisa.objects.filter(dispositif=dispositif).exists():
            continue
        EtapeVisa.objects.bulk_create(
            EtapeVisa(dispositif=dispositif, niveau=niveau, ordre=rang)
            for rang, niveau in enumerate(donnees[dispositif.pk], start=1)
        )


def _installer_clauses(donnees) -> None:
    connues = set(Clause.objects.values_list("cle", flat=True))
    for rang, ligne in enumerate(donnees, start=1):
        if ligne["cle"] in connues:
            continue
        verifier_reperes(ligne["texte"])
        clause = Clause.objects.create(
            cle=ligne["cle"],
            partie=ligne["partie"],
            facultative=ligne.get("facultative", False),
            tableau=ligne.get("tableau", ""),
            ordre=rang * 10,
        )
        clause.dispositifs.set(ligne["dispositifs"])
        VersionClause.objects.create(
            clause=clause,
            numero=1,
            titre=typographie(ligne["titre"]),
            texte=typographie(ligne["texte"]),
            publiee_le=timezone.now(),
        )
