"""Compose a cahier des charges: which sections, from the frozen note or from which clause."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from ateliers.cadrage.choix import OrigineSection, PartieCahier
from ateliers.cadrage.domaine.extraits import extraits
from ateliers.cadrage.domaine.valeurs import remplir, valeurs
from ateliers.cadrage.models import Clause, SectionCahier, VersionClause

PAS = 10
RANG_PARTIE = {partie: rang for rang, partie in enumerate(PartieCahier.values)}


@dataclass(frozen=True)
class Proposition:
    """What a section would say if it were generated now."""

    cle: str
    titre: str
    texte: str
    partie: str
    origine: str
    source: str = ""
    version: VersionClause | None = None
    tableau: str = ""


def clauses_en_vigueur(dispositif, *, facultatives=None):
    """With their newest version first in `versions.all()`."""
    clauses = Clause.objects.filter(dispositifs=dispositif, retiree_le__isnull=True)
    if facultatives is not None:
        clauses = clauses.filter(facultative=facultatives)
    return clauses.order_by("ordre", "pk").prefetch_related(
        Prefetch("versions", VersionClause.objects.order_by("-numero"))
    )


def de_clause(clause, mots) -> Proposition:
    version = clause.versions.all()[0]
    return Proposition(
        cle=f"clause-{clause.cle}",
        titre=version.titre,
        texte=remplir(version.texte, mots),
        partie=clause.partie,
        origine=OrigineSection.CLAUSE,
        version=version,
        tableau=clause.tableau,
    )


def propositions_note(version_note) -> list[Proposition]:
    return [
        Proposition(e.cle, e.titre, e.texte, e.partie, OrigineSection.NOTE, source=e.source)
        for e in extraits(version_note)
    ]


def propositions(atelier, version_note, *, facultatives=False) -> list[Proposition]:
    """The whole document, part by part: clauses first in their part, then what the note says."""
    mots = valeurs(atelier)
    choix = None if facultatives else False
    clauses = clauses_en_vigueur(atelier.dispositif_id, facultatives=choix)
    toutes = [de_clause(clause, mots) for clause in clauses] + propositions_note(version_note)
    return sorted(toutes, key=lambda p: RANG_PARTIE[p.partie])


def section(cahier, proposition: Proposition, ordre: int) -> SectionCahier:
    return SectionCahier(
        cahier=cahier,
        cle=proposition.cle,
        titre=proposition.titre,
        texte=proposition.texte,
        texte_origine=proposition.texte,
        partie=proposition.partie,
        origine=proposition.origine,
        source=proposition.source,
        clause_version=proposition.version,
        tableau=proposition.tableau,
        ordre=ordre,
    )


def nouveautes(cahier, sections) -> dict[int, Proposition]:
    """{section: proposition} where generating again would say something else than it did."""
    atelier = cahier.atelier
    par_cle = {p.cle: p for p in propositions(atelier, cahier.version_note, facultatives=True)}
    return {
        s.pk: par_cle[s.cle]
        for s in sections
        if s.cle in par_cle and par_cle[s.cle].texte != s.texte_origine
    }


def par_parties(sections) -> list[tuple[str, list]]:
    """[(title of the part, its sections)], empty parts left out."""
    groupes = [
        (PartieCahier(partie).label, [s for s in sections if s.partie == partie])
        for partie in PartieCahier.values
    ]
    return [(titre, lignes) for titre, lignes in groupes if lignes]
