"""An answer as stored (JSON) and as read by a person. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from candidatures.appels.choix import Operateur as Op
from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.conditions import Condition, lire_nombre, vide
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import date_courte, nombre

OUI, NON = "oui", "non"
TEXTE_MAX, TEXTE_LONG_MAX = 300, 20_000
TEXTES = (T.TEXTE, T.TEXTE_LONG)


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
    return valeur in (OUI, NON)


def lisible(type_question: str, valeur) -> str:
    """The answer as one reads it, whatever its age."""
    if vide(valeur):
        return ""
    if isinstance(valeur, list):
        return ", ".join(str(v) for v in valeur)
    if isinstance(valeur, dict):
        return str(valeur.get("nom", ""))
    if type_question == T.DATE and _est_date(valeur):
        return date_courte(date.fromisoformat(valeur))
    if type_question == T.NOMBRE and (lu := lire_nombre(valeur)) is not None:
        return nombre(lu, max(0, -lu.as_tuple().exponent))
    if type_question == T.OUI_NON and valeur in (OUI, NON):
        return "Oui" if valeur == OUI else "Non"
    return str(valeur)


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
    return f"{debut} «\u00a0{valeur}\u00a0»"


def en_texte(type_question: str, valeur) -> str:
    """The answer as a form field shows it: several choices one per line, a decimal comma."""
    if vide(valeur):
        return ""
    if isinstance(valeur, list):
        return "\n".join(str(v) for v in valeur)
    if isinstance(valeur, dict):
        return str(valeur.get("nom", ""))
    return str(valeur).replace(".", ",") if type_question == T.NOMBRE else str(valeur)


def _nombre_borne(question, texte: str) -> str:
    valeur = lire_nombre(texte)
    if valeur is None or abs(valeur) >= 10**12:
        raise ErreurMetier("Écrivez un nombre, en chiffres.")
    if question.minimum is not None and valeur < question.minimum:
        raise ErreurMetier(f"Ce nombre est au moins {en_texte(T.NOMBRE, question.minimum)}.")
    if question.maximum is not None and valeur > question.maximum:
        raise ErreurMetier(f"Ce nombre est au plus {en_texte(T.NOMBRE, question.maximum)}.")
    return ranger(valeur.quantize(Decimal("0.01")))


def depuis_texte(question, texte: str):
    """The stored answer from what was typed; a sentence when it does not suit the question."""
    texte = texte.strip()
    if not texte:
        return None
    if question.type == T.NOMBRE:
        return _nombre_borne(question, texte)
    limite = TEXTE_MAX if question.type == T.TEXTE else TEXTE_LONG_MAX
    if len(texte) > limite:
        raise ErreurMetier(f"Cette réponse dépasse {limite} caractères.")
    valeur = texte.split("\n") if question.type == T.CHOIX_MULTIPLES else texte
    if not convient(question.type, valeur, question.options):
        raise ErreurMetier("Cette réponse n’est pas l’une de celles proposées.")
    return valeur
