"""Recusals, read for a whole committee at once: those of the instruction, and those of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Value

from candidatures.comite.models import Comite, MembreComite
from candidatures.instruction.models import Deport, Evaluation


@dataclass(frozen=True)
class Ecartee:
    """An evaluation set aside by a recusal: of whom, and why."""

    personne_id: int
    nom: str
    motif: str


@dataclass(frozen=True)
class Deports:
    """`comptes`: accounts recused from each dossier, who read nothing of it. `dits`: how many of
    them the committee tells: its members, and those whose evaluation is set aside."""

    comptes: dict[int, set[int]]
    dits: dict[int, int]


def lire_deports(comite: Comite, cles: Iterable[int]) -> Deports:
    """In one query, those noted in session for members without such an account included."""
    cles = list(cles)
    membre = MembreComite.objects.filter(comite=comite, utilisateur=OuterRef("personne"))
    ecartee = Evaluation.objects.filter(
        candidature=OuterRef("candidature"),
        evaluateur=OuterRef("personne"),
        ecartee_le__isnull=False,
    )
    actifs = Deport.objects.filter(candidature_id__in=cles, leve_le__isnull=True).order_by()
    comptes_lus = actifs.annotate(dit=Exists(membre) | Exists(ecartee))
    en_seance = MembreComite.deporte_de.through.objects.filter(
        membrecomite__comite=comite, candidature_id__in=cles
    ).annotate(qui=-F("membrecomite_id"), dit=Value(True))
    lignes = comptes_lus.values_list("candidature_id", "personne_id", "dit").union(
        en_seance.values_list("candidature_id", "qui", "dit")
    )
    comptes: dict[int, set[int]] = defaultdict(set)
    dits: dict[int, set[int]] = defaultdict(set)
    for candidature, qui, dit in lignes:
        if qui > 0:
            comptes[candidature].add(qui)
        if dit:
            dits[candidature].add(qui)
    return Deports(dict(comptes), {cle: len(lus) for cle, lus in dits.items()})


def evaluations_ecartees(cles: Iterable[int]) -> dict[int, list[Ecartee]]:
    """By dossier, those that a recusal set aside, whether they were filed or not."""
    lues: dict[int, list[Ecartee]] = defaultdict(list)
    ecartees = Evaluation.objects.filter(candidature_id__in=cles, ecartee_le__isnull=False)
    for e in ecartees.select_related("evaluateur").order_by("evaluateur__nom", "pk"):
        qui = e.evaluateur
        lues[e.candidature_id].append(Ecartee(qui.pk, qui.nom_complet, e.ecartee_motif))
    return dict(lues)


def deports_par_candidature(cles: Iterable[int]) -> dict[int, set[int]]:
    """Accounts recused from each candidature now."""
    lus: dict[int, set[int]] = defaultdict(set)
    actifs = Deport.objects.filter(candidature_id__in=cles, leve_le__isnull=True)
    for candidature, personne in actifs.values_list("candidature_id", "personne_id"):
        lus[candidature].add(personne)
    return dict(lus)


def membres_deportes(
    comite: Comite, cles: Iterable[int], deports: dict[int, set[int]] | None = None
) -> dict[int, set[int]]:
    """Members (by key) recused from each candidature: by their account, or noted in session.

    `deports`: accounts recused from each, when they are already read.
    """
    cles = list(cles)
    comptes = {m.utilisateur_id: m.pk for m in comite.membres.all() if m.utilisateur_id is not None}
    lus: dict[int, set[int]] = defaultdict(set)
    deports = deports_par_candidature(cles) if deports is None else deports
    for candidature, personnes in deports.items():
        lus[candidature] |= {comptes[p] for p in personnes if p in comptes}
    en_seance = MembreComite.deporte_de.through.objects.filter(
        membrecomite__comite=comite, candidature_id__in=cles
    )
    for membre, candidature in en_seance.values_list("membrecomite_id", "candidature_id"):
        lus[candidature].add(membre)
    return dict(lus)
