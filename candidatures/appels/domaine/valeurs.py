"""An answer as stored (JSON) and as read by a person. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from candidatures.appels.choix import Operateur as Op
from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.blocs import LIGNES_MAX, en_jsonl, lire_jsonl, sous_questions
from candidatures.appels.domaine.conditions import (
    OPERATEURS_PAR_TYPE,
    SANS_VALEUR,
    Condition,
    lire_nombre,
    vide,
)
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import date_courte, nombre, pluriel

OUI, NON = "oui", "non"
TEXTE_MAX, TEXTE_LONG_MAX = 300, 20_000
TEXTES = (T.TEXTE, T.TEXTE_LONG)
BOUTONS_MAX = 6  # Above, one choice is a list to unfold.


def en_boutons(question) -> bool:
    """Answered with boxes or radio buttons: the group has the identifier, not one input."""
    if question.type == T.CHOIX:
        return len(question.options) <= BOUTONS_MAX
    return question.type in (T.CHOIX_MULTIPLES, T.OUI_NON, T.BLOC)


def ranger(valeur) -> object:
    """What a form gives, as JSON: dates in ISO, numbers as text (no binary rounding)."""
    if vide(valeur):
        return None
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, Decimal | int | float) and not isinstance(valeur, bool):
        return format(Decimal(str(valeur)).normalize(), "f")
    if isinstance(valeur, bool):
        return OUI if valeur else NON
    if isinstance(valeur, str):
        return valeur.strip().replace("\r\n", "\n")
    return list(valeur) if isinstance(valeur, tuple | set | list) else valeur


def _est_date(valeur) -> bool:
    try:
        date.fromisoformat(str(valeur))
    except ValueError:
        return False
    return True


def convient(type_question: str, valeur, options=()) -> bool:
    """The stored answer still answers a question of this type (after a revision)."""
    if vide(valeur):
        return True
    if type_question in TEXTES:
        return isinstance(valeur, str)
    if type_question == T.NOMBRE:
        return isinstance(valeur, str) and lire_nombre(valeur) is not None
    if type_question == T.CHOIX:
        return isinstance(valeur, str) and valeur in options
    if type_question == T.CHOIX_MULTIPLES:
        return isinstance(valeur, list) and set(valeur) <= set(options)
    if type_question == T.DATE:
        return isinstance(valeur, str) and _est_date(valeur)
    if type_question == T.FICHIER:
        return isinstance(valeur, dict) and "piece" in valeur
    if type_question == T.BLOC:
        return isinstance(valeur, dict) and "lignes" in valeur
    return valeur in (OUI, NON)


def lisible(type_question: str, valeur) -> str:
    """The answer as one reads it, whatever its age."""
    if vide(valeur):
        return ""
    if isinstance(valeur, list):
        return ", ".join(str(v) for v in valeur)
    if isinstance(valeur, dict) and "lignes" in valeur:
        return _bloc_lisible(valeur)
    if isinstance(valeur, dict):
        return str(valeur.get("nom", ""))
    if type_question == T.DATE and _est_date(valeur):
        return date_courte(date.fromisoformat(valeur))
    if type_question == T.NOMBRE and (lu := lire_nombre(valeur)) is not None:
        return nombre(lu, max(0, -lu.as_tuple().exponent))
    if type_question == T.OUI_NON and valeur in (OUI, NON):
        return "Oui" if valeur == OUI else "Non"
    return str(valeur)


def _bloc_lisible(valeur: dict) -> str:
    """« 1. Nom : la mairie ; Montant : 12 », one row per line."""
    colonnes = [(cle, libelle, type_) for cle, libelle, type_ in valeur["colonnes"]]
    lignes = []
    for rang, ligne in enumerate(valeur["lignes"], 1):
        cellules = [
            f"{libelle}\u00a0: {lisible(type_, ligne[cle])}"
            for cle, libelle, type_ in colonnes
            if not vide(ligne.get(cle))
        ]
        lignes.append(f"{rang}. {' ; '.join(cellules)}")
    return "\n".join(lignes)


def condition_en_mots(condition: Condition | None, libelles: dict[str, str], types: dict) -> str:
    """« Si la réponse à « … » est « Oui » », for those who read without script."""
    if condition is None:
        return ""
    libelle = libelles.get(condition.question, condition.question)
    operateur = Op(condition.operateur)
    debut = f"Si «\u00a0{libelle}\u00a0» {operateur.label}"
    if operateur in (Op.REMPLI, Op.VIDE):
        return debut
    valeur = lisible(types.get(condition.question, T.TEXTE), condition.valeur)
    if types.get(condition.question) == T.DATE:  # a day is no number
        suite = "après" if operateur == Op.SUPERIEUR else "avant"
        return f"Si «\u00a0{libelle}\u00a0» est le {valeur} ou {suite}"
    return f"{debut} «\u00a0{valeur}\u00a0»"


def jamais_tenue(condition: Condition | None, regardee) -> bool:
    """No answer that the question looked at can receive satisfies this condition."""
    if condition is None:
        return False
    if condition.operateur not in OPERATEURS_PAR_TYPE[regardee.type]:
        return True
    if condition.operateur in SANS_VALEUR or condition.operateur == Op.DIFFERENT:
        return False
    if regardee.type == T.CHOIX:
        return condition.valeur.casefold() not in {o.casefold() for o in regardee.options}
    attendue = [condition.valeur] if regardee.type == T.CHOIX_MULTIPLES else condition.valeur
    return not convient(regardee.type, attendue, regardee.options)


def en_texte(type_question: str, valeur) -> str:
    """The answer as a form field shows it: several choices one per line, a decimal comma."""
    if vide(valeur):
        return ""
    if isinstance(valeur, list):
        return "\n".join(str(v) for v in valeur)
    if isinstance(valeur, dict) and "lignes" in valeur:
        types = {cle: type_ for cle, _, type_ in valeur["colonnes"]}
        return en_jsonl(
            [
                {c: en_texte(types.get(c, T.TEXTE), v) for c, v in li.items()}
                for li in valeur["lignes"]
            ]
        )
    if isinstance(valeur, dict):
        return str(valeur.get("nom", ""))
    return str(valeur).replace(".", ",") if type_question == T.NOMBRE else str(valeur)


def borne(valeur: Decimal) -> str:
    """A bound as one writes it: « 1950 » (it may be a year), « 12 000 », « 0,5 »."""
    entier = valeur == valeur.to_integral_value()
    if entier and 1000 <= abs(valeur) < 10_000:
        return str(int(valeur))
    return lisible(T.NOMBRE, format(valeur.normalize(), "f"))


def bornes_en_mots(question) -> str:
    """« de 1950 à 2030 », « au moins 2 lignes »; empty without a bound, or above zero."""
    lignes = question.type == T.BLOC
    mini, maxi = question.minimum, question.maximum
    if mini == 0 and maxi is None:
        return ""
    unite = (" ligne" if (maxi or mini or 0) < 2 else " lignes") if lignes else ""
    if mini is not None and maxi is not None:
        return f"de {borne(mini)} à {borne(maxi)}{unite}"
    if mini is not None:
        return f"au moins {borne(mini)}{unite}"
    return f"au plus {borne(maxi)}{unite}" if maxi is not None else ""


def verifier_bornes(question, valeur: Decimal) -> None:
    if question.minimum is not None and valeur < question.minimum:
        raise ErreurMetier(f"Ce nombre doit être d’au moins {borne(question.minimum)}.")
    if question.maximum is not None and valeur > question.maximum:
        raise ErreurMetier(f"Ce nombre doit être d’au plus {borne(question.maximum)}.")


def _nombre_borne(question, texte: str) -> str:
    valeur = lire_nombre(texte)
    if valeur is None or abs(valeur) >= 10**12:
        raise ErreurMetier("Écrivez un nombre, en chiffres.")
    verifier_bornes(question, valeur)
    return ranger(valeur.quantize(Decimal("0.01")))


def depuis_texte(question, texte: str, anciennes=()):
    """The stored answer from what was typed; a sentence when it does not suit the question.

    `anciennes`: columns that a block no longer has (`blocs_revises.colonnes_anciennes`).
    """
    texte = texte.strip()
    if not texte:
        return None
    if question.type == T.NOMBRE:
        return _nombre_borne(question, texte)
    if question.type == T.BLOC:
        return bloc_depuis_lignes(question, lire_jsonl(texte), anciennes)
    limite = TEXTE_MAX if question.type == T.TEXTE else TEXTE_LONG_MAX
    if len(texte) > limite:
        raise ErreurMetier(f"Cette réponse dépasse {limite} caractères.")
    valeur = texte.split("\n") if question.type == T.CHOIX_MULTIPLES else texte
    if not convient(question.type, valeur, question.options):
        raise ErreurMetier("Cette réponse n’est pas l’une de celles proposées.")
    return valeur


def bloc_depuis_lignes(question, lignes: list[dict], anciennes=()) -> dict | None:
    """Rows with something in them, each cell checked as an answer to its sub-question.

    A cell of a column that the form no longer has is kept as it was typed, when it is known.
    """
    sous = sous_questions(question)
    connues = {s.cle: s for s in sous} | {cle: None for cle, *_ in anciennes}
    gardees = []
    for rang, ligne in enumerate(lignes, 1):
        lues = {c: _cellule(connues[c], v, rang) for c, v in ligne.items() if c in connues}
        cellules = {cle: lues[cle] for cle in connues if not vide(lues.get(cle))}
        if cellules:
            gardees.append(cellules)
    limite = int(question.maximum) if question.maximum is not None else LIGNES_MAX
    if len(gardees) > limite:
        raise ErreurMetier(f"Ce bloc compte {pluriel(limite, 'ligne,lignes')} au plus.")
    if not gardees:
        return None
    colonnes = [[s.cle, s.libelle, str(s.type)] for s in sous]
    utiles = {cle for ligne in gardees for cle in ligne}
    colonnes += [[cle, libelle, T.TEXTE.value] for cle, libelle, _ in anciennes if cle in utiles]
    return {"colonnes": colonnes, "lignes": gardees}


def _cellule(sous, brute: str, rang: int):
    if sous is None:
        return str(brute).strip()[:TEXTE_MAX]
    try:
        return depuis_texte(sous, brute)
    except ErreurMetier as erreur:
        raise ErreurMetier(f"Ligne {rang}, «\u00a0{sous.libelle}\u00a0»\u00a0: {erreur}") from None


def lignes_manquantes(question, valeur) -> int:
    """How many rows a block that was begun still lacks."""
    if question.type != T.BLOC or question.minimum is None or vide(valeur):
        return 0
    return max(0, int(question.minimum) - len(valeur["lignes"]))
