"""What is typed in a filter: read, or refused with a sentence, and then it filters nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from socle.interface.templatetags.interface import date_courte
from socle.territoires.models import Departement
from socle.territoires.texte import plier

CODES = {f"{n:02}" for n in range(1, 96) if n != 20} | {"2A", "2B"}
CODES |= {str(n) for n in (*range(971, 979), 984, *range(986, 990))}
LIMITE = 1e9


@dataclass(frozen=True)
class Saisie:
    """The values that the criterion understands, or why there is none."""

    valeurs: tuple[str, ...] = ()
    refus: str = ""


def nombre(valeur: str) -> float | None:
    try:
        lu = float(re.sub(r"\s", "", valeur).replace(",", "."))
    except ValueError:
        return None
    return lu if abs(lu) < LIMITE else None


def jour(valeur: str) -> date | None:
    for motif, ordre in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", (0, 1, 2)),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", (2, 1, 0)),
    ):
        if lu := re.match(motif, valeur):
            try:
                return date(*(int(lu.groups()[rang]) for rang in ordre))
            except ValueError:
                return None
    return None


def lire_nombre(valeurs) -> Saisie:
    if nombre(valeurs[0]) is None:
        return Saisie(refus=f"«\u00a0{valeurs[0]}\u00a0» n’est pas un nombre.")
    return Saisie(tuple(valeurs))


def lire_jour(valeurs) -> Saisie:
    lu = jour(valeurs[0])
    if lu is None:
        return Saisie(
            refus=f"«\u00a0{valeurs[0]}\u00a0» n’est pas une date\u00a0: écrivez 15/01/2026."
        )
    return Saisie((lu.isoformat(),))


BORNES = (("population_min", "population_max"), ("note_min", "note_max"), ("depuis", "jusqua"))


def bornes_croisees(valeurs: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """A least above the most would find nothing: the second one is refused, and says why."""
    refus = {}
    for bas, haut in BORNES:
        if bas not in valeurs or haut not in valeurs:
            continue
        de, a = valeurs[bas][0], valeurs[haut][0]
        if bas == "depuis":
            croisees, dits = jour(de) > jour(a), (date_courte(jour(a)), date_courte(jour(de)))
        else:
            croisees, dits = nombre(de) > nombre(a), (a, de)
        if croisees:
            est = "est avant" if bas == "depuis" else "est inférieur à"
            refus[haut] = f"«\u00a0{dits[0]}\u00a0» {est} «\u00a0{dits[1]}\u00a0»."
    return refus


def lire_departements(valeurs) -> Saisie:
    """Codes or names, separated by commas, semicolons or spaces."""
    morceaux = [m for v in valeurs for m in re.split(r"[,;\n]", v) if m.strip()]
    mots = [(mot, rang) for rang, m in enumerate(morceaux) for mot in m.split()]
    noms = {} if all(_code(mot) for mot, _ in mots) else _noms()
    codes, reste = [], mots
    while reste:
        pris, code = _plus_long(reste, noms)
        if code is None:
            inconnu = " ".join(mot for mot, rang in reste if rang == reste[0][1])
            return Saisie(
                refus=f"«\u00a0{inconnu}\u00a0» n’est pas un département\u00a0: écrivez son code "
                "(56) ou son nom (Morbihan)."
            )
        codes.append(code)
        reste = reste[pris:]
    return Saisie((",".join(dict.fromkeys(codes)),))


def _plus_long(mots, noms) -> tuple[int, str | None]:
    """The longest name that these words begin with, else one code."""
    ensemble = [mot for mot, rang in mots if rang == mots[0][1]]
    for nombre_de_mots in range(len(ensemble), 0, -1):
        if code := noms.get(plier(" ".join(ensemble[:nombre_de_mots]))):
            return nombre_de_mots, code
    return 1, _code(ensemble[0])


def _code(mot: str) -> str | None:
    code = mot.upper().zfill(2)
    return code if code in CODES else None


def _noms() -> dict[str, str]:
    return {plier(nom): code for code, nom in Departement.objects.values_list("code", "nom")}
