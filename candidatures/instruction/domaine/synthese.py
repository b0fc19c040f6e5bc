"""Weighted means, medians and ranking: pure functions first, then what reads the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from statistics import median

from django.db.models import prefetch_related_objects

from candidatures.dossiers.models import Candidature
from candidatures.instruction.droits import peut_lire_notes

ECART_MOYENNES = Fraction(3, 2)
ECART_CRITERE = 3
# Of the exact mean of one evaluation, in its column: enough to find the fraction again.
DECIMALES = 20


def arrondir(valeur: Fraction | Decimal, decimales: int = 2) -> Decimal:
    """Half up, once, at display: what is compared and ranked is never rounded."""
    echelle = 10**decimales
    return Decimal(floor(Fraction(valeur) * echelle + Fraction(1, 2))).scaleb(-decimales)


def moyenne_ponderee(notes: Iterable[tuple[int, int]]) -> Fraction | None:
    """Exact mean of (note, poids); None when there is nothing to weigh."""
    total, poids_total = 0, 0
    for note, poids in notes:
        total += note * poids
        poids_total += poids
    return Fraction(total, poids_total) if poids_total else None


@lru_cache(maxsize=4096)
def exacte(gardee: Decimal) -> Fraction:
    """The fraction that a column keeps with 20 decimals: its divisor is a sum of weights."""
    return Fraction(gardee).limit_denominator(1_000_000)


def moyenne_de(valeurs: Sequence[Fraction]) -> Fraction | None:
    return sum(valeurs, Fraction(0)) / len(valeurs) if valeurs else None


def mediane(valeurs: Sequence[Fraction]) -> Fraction | None:
    return median(valeurs) if valeurs else None


def classer(moyennes: dict[int, Fraction | Decimal | None]) -> dict[int, int]:
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
class Appreciation:
    """What one reviewer wrote for the committee."""

    nom: str
    texte: str


@dataclass(frozen=True)
class Synthese:
    """What the committee reads about one candidature: exact means, rounded where they are read."""

    attendues: int
    deposees: int
    moyennes: tuple[Fraction, ...] = ()
    criteres: tuple[LigneCritere, ...] = ()
    manquants: tuple[str, ...] = field(default=())
    appreciations: tuple[Appreciation, ...] = ()

    @property
    def moyenne(self) -> Decimal | None:
        return arrondir(moyenne_de(self.moyennes)) if self.moyennes else None

    @property
    def mediane(self) -> Decimal | None:
        return arrondir(mediane(self.moyennes)) if self.moyennes else None

    @property
    def minimum(self) -> Decimal | None:
        return arrondir(min(self.moyennes)) if self.moyennes else None

    @property
    def maximum(self) -> Decimal | None:
        return arrondir(max(self.moyennes)) if self.moyennes else None

    @property
    def etendue(self) -> Fraction | None:
        """Exact distance between the lowest and the highest mean."""
        return max(self.moyennes) - min(self.moyennes) if self.moyennes else None

    @property
    def dispersion(self) -> Decimal | None:
        return None if self.etendue is None else arrondir(self.etendue)

    def cachee(self) -> Synthese:
        """The counts alone, for whoever must give their opinion first."""
        return Synthese(attendues=self.attendues, deposees=self.deposees, manquants=self.manquants)

    def sans_mots(self) -> Synthese:
        """For a blind reader: what others wrote may let the place be guessed."""
        return replace(self, appreciations=())

    @property
    def desaccord(self) -> bool:
        """Means 1.5 apart or more, or notes 3 apart on one criterion: worth a discussion."""
        if self.etendue is not None and self.etendue >= ECART_MOYENNES:
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


def _moyenne_de(evaluation) -> Fraction | None:
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
            arrondir(median(map(Fraction, notes))),
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
        criteres=_lignes_criteres(deposees),
        manquants=tuple(e.evaluateur.nom_complet for e in evaluations if not e.depose_le),
        appreciations=tuple(
            Appreciation(e.evaluateur.nom_complet, e.synthese) for e in deposees if e.synthese
        ),
    )
