"""Which questions are asked, given the answers. Pure: no database, no clock.

A condition looks at the answer to one other question. A question is asked when its condition
holds AND the question it looks at is asked itself. static/js/conditions.js follows the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from candidatures.appels.choix import Operateur as Op
from candidatures.appels.choix import TypeQuestion as T

SANS_VALEUR = (Op.REMPLI, Op.VIDE)
OPERATEURS_PAR_TYPE = {
    T.TEXTE: (Op.EGAL, Op.DIFFERENT, Op.REMPLI, Op.VIDE),
    T.TEXTE_LONG: (Op.REMPLI, Op.VIDE),
    T.NOMBRE: (Op.EGAL, Op.DIFFERENT, Op.SUPERIEUR, Op.INFERIEUR, Op.REMPLI, Op.VIDE),
    T.CHOIX: (Op.EGAL, Op.DIFFERENT, Op.REMPLI, Op.VIDE),
    T.CHOIX_MULTIPLES: (Op.CONTIENT, Op.REMPLI, Op.VIDE),
    T.DATE: (Op.SUPERIEUR, Op.INFERIEUR, Op.REMPLI, Op.VIDE),
    T.FICHIER: (Op.REMPLI, Op.VIDE),
    T.OUI_NON: (Op.EGAL, Op.REMPLI, Op.VIDE),
    T.BLOC: (Op.REMPLI, Op.VIDE),
}


@dataclass(frozen=True)
class Condition:
    question: str
    operateur: str
    valeur: str = ""

    @classmethod
    def lire(cls, brut: Mapping | None) -> Condition | None:
        if not brut or not brut.get("question"):
            return None
        return cls(brut["question"], brut.get("operateur", Op.REMPLI), str(brut.get("valeur", "")))


@dataclass(frozen=True)
class Regle:
    """What the evaluation needs to know of a question."""

    cle: str
    obligatoire: bool = False
    condition: Condition | None = None


def vide(valeur) -> bool:
    if isinstance(valeur, str):
        return not valeur.strip()
    return valeur is None or valeur in ([], {})


def lire_nombre(valeur) -> Decimal | None:
    try:
        nombre = Decimal(str(valeur).replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return nombre if nombre.is_finite() else None


def _ordonnes(valeur, reference):
    """Both as numbers, else both as text (dates are ISO: their text sorts as they do)."""
    a, b = lire_nombre(valeur), lire_nombre(reference)
    return (str(valeur), str(reference)) if a is None or b is None else (a, b)


def _egaux(valeur, reference) -> bool:
    a, b = _ordonnes(valeur, reference)
    return a == b if not isinstance(a, str) else a.strip().casefold() == b.strip().casefold()


def tenue(condition: Condition, valeur) -> bool:
    """The condition holds on this answer. An absent answer satisfies « vide » only."""
    if condition.operateur == Op.VIDE:
        return vide(valeur)
    if vide(valeur):
        return False
    if condition.operateur == Op.REMPLI:
        return True
    if condition.operateur == Op.CONTIENT:
        return condition.valeur in valeur if isinstance(valeur, list) else False
    if condition.operateur in (Op.EGAL, Op.DIFFERENT):
        return _egaux(valeur, condition.valeur) == (condition.operateur == Op.EGAL)
    a, b = _ordonnes(valeur, condition.valeur)
    return a >= b if condition.operateur == Op.SUPERIEUR else a <= b


def posees(regles: Iterable[Regle], reponses: Mapping[str, object]) -> set[str]:
    """Keys of the questions that are asked. A circle of conditions asks nothing (and ends)."""
    par_cle = {regle.cle: regle for regle in regles}
    connues: dict[str, bool] = {}

    def posee(cle: str, chemin: frozenset) -> bool:
        if cle in connues:
            return connues[cle]
        if cle in chemin or cle not in par_cle:
            return False
        condition = par_cle[cle].condition
        resultat = condition is None or (
            posee(condition.question, chemin | {cle})
            and tenue(condition, reponses.get(condition.question))
        )
        connues[cle] = resultat
        return resultat

    return {cle for cle in par_cle if posee(cle, frozenset())}


def sans_reponse(regles: Iterable[Regle], reponses: Mapping[str, object]) -> list[str]:
    """Required, asked and not answered, in order: what prevents the deposit."""
    regles = list(regles)
    demandees = posees(regles, reponses)
    return [
        r.cle for r in regles if r.obligatoire and r.cle in demandees and vide(reponses.get(r.cle))
    ]


def defauts(regles: Iterable[Regle]) -> list[tuple[str, str]]:
    """(key, reason) of the conditions that cannot work: unknown question, or one that comes later.

    A question may look only at one placed before it: hence no circle.
    """
    vues: set[str] = set()
    regles = list(regles)
    toutes = {r.cle for r in regles}
    trouves = []
    for regle in regles:
        if regle.condition and regle.condition.question not in toutes:
            trouves.append((regle.cle, "absente"))
        elif regle.condition and regle.condition.question not in vues:
            trouves.append((regle.cle, "apres"))
        vues.add(regle.cle)
    return trouves
