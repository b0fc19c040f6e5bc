"""Weighted means, medians and ranking: pure functions first, then what reads the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from django.db.models import prefetch_related_objects

from candidatures.dossiers.models import Candidature
from candidatures.instruction.droits import peut_lire_notes

CENTIEME = Decimal("0.01")
ECART_MOYENNES = Decimal("1.5")
ECART_CRITERE = 3


def arrondir(valeur: Decimal) -> Decimal:
    return valeur.quantize(CENTIEME, rounding=ROUND_HALF_UP)


def moyenne_ponderee(notes: Iterable[tuple[int, int]]) -> Decimal | None:
    """Mean of (note, poids), to the hundredth; None when there is nothing to weigh."""
    total, poids_total = 0, 0
    for note, poids in notes:
        total += note * poids
        poids_total += poids
    return arrondir(Decimal(total) / Decimal(poids_total)) if poids_total else None


def mediane(valeurs: Sequence[Decimal]) -> Decimal | None:
    return arrondir(median(valeurs)) if valeurs else None


def classer(moyennes: dict[int, Decimal | None]) -> dict[int, int]:
    """Rank of each key, best first; equals share a rank (1, 2, 2, 4). Without a mean: no rank."""
    notees = [valeur for valeur in moyennes.values() if valeur is not None]
    return {
        cle: 1 + sum(autre > valeur for autre in notees)
        for cle, valeur in moyennes.items()
        if valeur is not None
    }


@dataclass(frozen=True)
class LigneCritere:
    """One criterion across the filed evaluations."""

    libelle: str
    poids: int
    notes: tuple[int, ...]
    mediane: Decimal | None


@dataclass(frozen=True)
class Synthese:
    """What the committee reads about one candidature."""

    attendues: int
    deposees: int
    moyennes: tuple[Decimal, ...] = ()
    moyenne: Decimal | None = None
    mediane: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    criteres: tuple[LigneCritere, ...] = ()
    manquants: tuple[str, ...] = field(default=())

    @property
    def dispersion(self) -> Decimal | None:
        """Distance between the lowest and the highest mean."""
        return None if self.minimum is None else self.maximum - self.minimum

    def cachee(self) -> Synthese:
        """The counts alone, for whoever must give their opinion first."""
        return Synthese(attendues=self.attendues, deposees=self.deposees, manquants=self.manquants)

    @property
    def desaccord(self) -> bool:
        """Means 1.5 apart or more, or notes 3 apart on one criterion: worth a discussion."""
        if self.dispersion is not None and self.dispersion >= ECART_MOYENNES:
            return True
        return any(
            ligne.notes and max(ligne.notes) - min(ligne.notes) >= ECART_CRITERE
            for ligne in self.criteres
        )

    @property
    def complete(self) -> bool:
        return self.attendues == self.deposees and self.attendues > 0

    @property
    def debut_pct(self) -> int:
        """Left edge of the spread bar, on a scale of 0 to 5."""
        return 0 if self.minimum is None else int(self.minimum * 20)

    @property
    def largeur_pct(self) -> int:
        return 0 if self.dispersion is None else max(int(self.dispersion * 20), 2)


def _moyenne_de(evaluation) -> Decimal | None:
    return moyenne_ponderee(
        (n.note, n.critere.poids) for n in evaluation.notes.all() if n.note is not None
    )


def _lignes_criteres(deposees) -> tuple[LigneCritere, ...]:
    par_critere: dict = {}
    for evaluation in deposees:
        for note in evaluation.notes.all():
            par_critere.setdefault(note.critere, []).append(note.note)
    return tuple(
        LigneCritere(
            critere.libelle,
            critere.poids,
            tuple(sorted(notes)),
            mediane([Decimal(n) for n in notes]),
        )
        for critere, notes in sorted(par_critere.items(), key=lambda p: (p[0].ordre, p[0].pk))
    )


def synthese_pour(utilisateur, candidature: Candidature) -> Synthese:
    """What this person may read of it: before their own opinion is filed, the counts only."""
    complete = synthese(candidature)
    if peut_lire_notes(utilisateur, candidature):
        return complete
    return complete.cachee()


def synthese(candidature: Candidature) -> Synthese:
    """Only filed evaluations count. Reads what a list has not already prefetched, all at once."""
    evaluations = [e for e in candidature.evaluations.all() if e.ecartee_le is None]
    prefetch_related_objects(evaluations, "evaluateur", "notes__critere")
    deposees = [e for e in evaluations if e.depose_le]
    moyennes = tuple(m for m in map(_moyenne_de, deposees) if m is not None)
    return Synthese(
        attendues=len(evaluations),
        deposees=len(deposees),
        moyennes=moyennes,
        moyenne=arrondir(sum(moyennes) / len(moyennes)) if moyennes else None,
        mediane=mediane(moyennes),
        minimum=min(moyennes, default=None),
        maximum=max(moyennes, default=None),
        criteres=_lignes_criteres(deposees),
        manquants=tuple(e.evaluateur.nom_complet for e in evaluations if not e.depose_le),
    )
