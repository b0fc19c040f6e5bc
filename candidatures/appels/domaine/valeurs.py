"""An answer as stored (JSON) and as read by a person. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from candidatures.appels.choix import Operateur as Op
from candidatures.appels.choix import TypeQuestion as T
from candidatures.appels.domaine.blocs import LIGNES_MAX, en_jsonl, lire_jsonl, sous_questions
from candidatures.appels.domaine.conditions import Condition, lire_nombre, vide
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import date_courte, nombre

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
    return f"{debut} «\u00a0{valeur}\u00a0»"


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
    if question.type == T.BLOC:
        return bloc_depuis_lignes(question, lire_jsonl(texte))
    limite = TEXTE_MAX if question.type == T.TEXTE else TEXTE_LONG_MAX
    if len(texte) > limite:
        raise ErreurMetier(f"Cette réponse dépasse {limite} caractères.")
    valeur = texte.split("\n") if question.type == T.CHOIX_MULTIPLES else texte
    if not convient(question.type, valeur, question.options):
        raise ErreurMetier("Cette réponse n’est pas l’une de celles proposées.")
    return valeur


def bloc_depuis_lignes(question, lignes: list[dict]) -> dict | None:
    """Rows with something in them, each cell checked as an answer to its sub-question."""
    sous = sous_questions(question)
    connues = {s.cle: s for s in sous}
    gardees = []
    for rang, ligne in enumerate(lignes, 1):
        cellules = {}
        for cle, brute in ligne.items():
            if (s := connues.get(cle)) is None:
                continue  # A column that the form no longer has: its history keeps it.
            try:
                valeur = depuis_texte(s, brute)
            except ErreurMetier as erreur:
                raise ErreurMetier(
                    f"Ligne {rang}, «\u00a0{s.libelle}\u00a0»\u00a0: {erreur}"
                ) from None
            if valeur is not None:
                cellules[cle] = valeur
        if cellules:
            gardees.append({s.cle: cellules[s.cle] for s in sous if s.cle in cellules})
    limite = int(question.maximum) if question.maximum is not None else LIGNES_MAX
    if len(gardees) > limite:
        raise ErreurMetier(f"Ce bloc compte {limite} lignes au plus.")
    if not gardees:
        return None
    return {"colonnes": [[s.cle, s.libelle, str(s.type)] for s in sous], "lignes": gardees}


def lignes_manquantes(question, valeur) -> int:
    """How many rows a block that was begun still lacks."""
    if question.type != T.BLOC or question.minimum is None or vide(valeur):
        return 0
    return max(0, int(question.minimum) - len(valeur["lignes"]))
