"""Recusals, read for a whole committee at once: those of the instruction, and those of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from candidatures.comite.models import Comite, MembreComite
from candidatures.instruction.models import Deport


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
