"""The parcels of a dossier, chosen in the cadastre where it is held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from candidatures.dossiers.domaine.parcelles import Parcelle, en_lignes
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature, Emprise
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import nombre
from socle.territoires.domaine import cadastre
from socle.territoires.models import CadastreCommune


def parcelles_de(candidature: Candidature) -> list[str]:
    lues = Emprise.objects.filter(candidature_id=candidature.pk).values_list("parcelles", flat=True)
    return lues.first() or []


@dataclass(frozen=True)
class Choix:
    """What the page offers: communes whose cadastre is held, sections of one, parcels of one."""

    tenues: list[CadastreCommune]
    commune: CadastreCommune | None
    sections: list[tuple[str, int]]
    section: str
    parcelles: list
    choisies: frozenset[str]


def libelle_section(code: str) -> str:
    """« 000AB » as one says it."""
    prefixe = "" if code[:3] == "000" else f", préfixe {code[:3]}"
    return f"Section {code[3:].lstrip('0') or '0'}{prefixe}"


def choix(candidature: Candidature, commune: str, section: str) -> Choix:
    tenues = cadastre.cadastres_du_perimetre(candidature.perimetre)
    choisie = tenues.get(commune) or (next(iter(tenues.values())) if len(tenues) == 1 else None)
    sections = cadastre.sections(choisie.pk) if choisie else []
    connue = section if section in dict(sections) else ""
    return Choix(
        tenues=sorted(tenues.values(), key=lambda c: (c.commune.nom, c.pk)),
        commune=choisie,
        sections=sections,
        section=connue,
        parcelles=cadastre.parcelles_de(choisie.pk, connue) if connue else [],
        choisies=frozenset(parcelles_de(candidature)),
    )


@transaction.atomic
def choisir_dans_la_section(
    *,
    candidature: Candidature,
    commune: str,
    section: str,
    codes: Collection[str],
    revision: int,
    par,
) -> int:
    """Of this section, exactly these parcels; the others of the dossier stay."""
    debut = f"{commune}{section}"
    if not all(code.startswith(debut) for code in codes):
        raise ErreurMetier("Ces parcelles ne sont pas de cette section.")
    gardees = [c for c in parcelles_de(candidature) if not c.startswith(debut) or c in codes]
    valeur = en_lignes([*gardees, *sorted(set(codes) - set(gardees))])
    return enregistrer_champ(
        candidature=candidature, champ="parcelles", valeur=valeur, revision=revision, par=par
    )


def libelle(parcelle) -> str:
    lue = Parcelle(parcelle.code)
    surface = (
        f"{nombre(parcelle.contenance)}\u00a0m²" if parcelle.contenance else "surface inconnue"
    )
    return f"n° {int(lue.numero)}, {surface}"
