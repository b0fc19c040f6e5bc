"""The communes of a perimeter, read once for a whole page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from socle.territoires.domaine.mouvements import PROFONDEUR_MAX
from socle.territoires.models import Commune, Perimetre


@dataclass(frozen=True)
class CommunesLues:
    """Its communes in its own vintage, by name; `successeurs`: where each ended one leads."""

    communes: list[Commune] = field(default_factory=list)
    successeurs: dict[str, Commune] = field(default_factory=dict)

    @property
    def codes(self) -> set[str]:
        """Theirs, and those of what they became."""
        return {c.pk for c in (*self.communes, *self.successeurs.values())}


def communes_lues(perimetre: Perimetre) -> CommunesLues:
    """What `garder_communes` read, else read now: a verb always sees the database."""
    gardees = getattr(perimetre, "_communes_lues", None)
    return gardees if gardees is not None else lire_communes(perimetre.couverture)


def garder_communes(perimetre: Perimetre | None) -> None:
    """For a page that only reads: all that it asks of these communes comes from one query."""
    if perimetre is not None:
        perimetre._communes_lues = lire_communes(perimetre.couverture)


def lire_communes(codes: Iterable[str]) -> CommunesLues:
    """One query while no commune ended; then one per merger that followed another.

    Each comes with its `surface_km2`, None when its outline is not held.
    """
    codes = set(codes)
    connues: dict[str, Commune] = {}
    a_lire = codes
    for _ in range(PROFONDEUR_MAX):
        if not a_lire:
            break
        lues = list(
            Commune.objects.filter(code__in=a_lire)
            .annotate(surface_km2=F("contour__surface_km2"))
            .order_by("nom", "code")
        )
        connues |= {c.pk: c for c in lues}
        a_lire = {c.remplacee_par_id for c in lues if c.remplacee_par_id} - connues.keys()
    communes = [c for c in connues.values() if c.pk in codes]
    bouts = {c.pk: _bout(c, connues) for c in communes if c.remplacee_par_id in connues}
    return CommunesLues(communes, bouts)


def _bout(commune: Commune, connues: dict[str, Commune]) -> Commune:
    vues: set[str] = set()
    while commune.remplacee_par_id in connues and commune.pk not in vues:
        vues.add(commune.pk)
        commune = connues[commune.remplacee_par_id]
    return commune
