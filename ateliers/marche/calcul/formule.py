"""The ranking, from notes and prices alone: no database, so that anyone may compute it again.

Each part is rounded to the hundredth (half up) and the total is the sum of what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ateliers.marche.choix import Departage, FormulePrix

CENTIEME = Decimal("0.01")
SUR = 5


@dataclass(frozen=True)
class Regle:
    """What the règlement fixed; `poids` by criterion."""

    poids: dict[int, int]
    poids_prix: int
    formule: str
    departage: str


@dataclass(frozen=True)
class ANoter:
    cle: int
    prix: Decimal
    notes: dict[int, Decimal]


@dataclass(frozen=True)
class Classee:
    cle: int
    points: dict[int, Decimal]
    technique: Decimal
    prix: Decimal
    total: Decimal
    rang: int
    ex_aequo: bool
    departagee: bool


def arrondir(valeur: Fraction) -> Decimal:
    exacte = Decimal(valeur.numerator) / Decimal(valeur.denominator)
    return exacte.quantize(CENTIEME, ROUND_HALF_UP)


def points(poids: int, note) -> Decimal:
    return arrondir(Fraction(poids) * Fraction(note) / SUR)


def points_prix(formule: str, poids: int, prix, plus_bas) -> Decimal:
    prix, plus_bas = Fraction(prix), Fraction(plus_bas)
    if formule == FormulePrix.PROPORTIONNELLE:
        return arrondir(poids * plus_bas / prix)
    return arrondir(max(Fraction(0), poids * (2 - prix / plus_bas)))


def _partie(offre: ANoter, regle: Regle, plus_bas):
    par_critere = {c: points(p, offre.notes[c]) for c, p in regle.poids.items()}
    technique = sum(par_critere.values(), Decimal(0))
    prix = points_prix(regle.formule, regle.poids_prix, offre.prix, plus_bas)
    return offre, par_critere, technique, prix, technique + prix


def classer(offres: list[ANoter], regle: Regle) -> list[Classee]:
    """Best first. An equal total is settled as the règlement says, else it stays ex æquo."""
    if not offres:
        return []
    plus_bas = min(offre.prix for offre in offres)
    parties = [_partie(offre, regle, plus_bas) for offre in offres]

    def cle(partie):
        offre, _, technique, _, total = partie
        second = -technique if regle.departage == Departage.TECHNIQUE else offre.prix
        return -total, second

    cles = [cle(partie) for partie in parties]
    totaux = [partie[4] for partie in parties]
    lignes = [
        Classee(
            cle=offre.cle,
            points=par_critere,
            technique=technique,
            prix=prix,
            total=total,
            rang=1 + sum(autre < sienne for autre in cles),
            ex_aequo=cles.count(sienne) > 1,
            departagee=totaux.count(total) > 1 and cles.count(sienne) == 1,
        )
        for (offre, par_critere, technique, prix, total), sienne in zip(parties, cles, strict=True)
    ]
    return sorted(lignes, key=lambda ligne: (ligne.rang, ligne.cle))


def en_toutes_lettres(regle: Regle) -> list[str]:
    """The formula as the report and the pages say it."""
    if regle.formule == FormulePrix.PROPORTIONNELLE:
        prix = (
            f"Le prix donne {regle.poids_prix} × le prix le plus bas ÷ le prix de l’offre : "
            f"l’offre la moins chère reçoit {regle.poids_prix} points."
        )
    else:
        prix = (
            f"Le prix donne {regle.poids_prix} × (2 − le prix de l’offre ÷ le prix le plus bas), "
            "sans descendre sous zéro."
        )
    egalite = (
        "la meilleure note technique l’emporte"
        if regle.departage == Departage.TECHNIQUE
        else "le prix le plus bas l’emporte"
    )
    return [
        "Chaque critère technique donne son poids × la note ÷ 5.",
        prix,
        "Chaque résultat est arrondi au centième ; le total, sur 100, est la somme de ces "
        "résultats.",
        f"À total égal, {egalite} ; sinon les offres restent ex æquo.",
    ]
