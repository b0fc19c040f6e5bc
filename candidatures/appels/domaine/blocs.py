"""A repeatable block: its sub-questions, and rows of answers to them.

An answer is `{"colonnes": [[cle, libelle, type]…], "lignes": [{cle: valeur}…]}`: it says by
itself how it reads, whatever a later revision of the form does. As text, one row per line, in JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from candidatures.appels.choix import TypeQuestion as T
from socle.erreurs import ErreurMetier
from socle.interface.adresses import en_adresse

LIGNES_MAX = 50
SOUS_QUESTIONS_MAX = 8
TYPES = {
    "texte": T.TEXTE,
    "nombre": T.NOMBRE,
    "date": T.DATE,
    "choix": T.CHOIX,
}
FORME = (
    "Écrivez «\u00a0Nom\u00a0», «\u00a0Montant ; nombre\u00a0», «\u00a0Échéance ; date\u00a0» ou "
    "«\u00a0État ; choix : prévu, engagé\u00a0»."
)


@dataclass(frozen=True)
class SousQuestion:
    """Looks like a question to whoever reads an answer."""

    cle: str
    libelle: str
    type: str = T.TEXTE
    options: tuple = ()
    minimum: object = None
    maximum: object = None


@dataclass
class _Lues:
    sous: list = field(default_factory=list)
    cles: set = field(default_factory=set)


def sous_questions(question) -> list[SousQuestion]:
    return [
        SousQuestion(s["cle"], s["libelle"], s["type"], tuple(s.get("options", ())))
        for s in question.sous_questions
    ]


def lire_definition(texte: str, anciennes=()) -> list[dict]:
    """One sub-question per line; one that keeps its label keeps its key, hence its answers."""
    connues = {s["libelle"].casefold(): s["cle"] for s in anciennes}
    lues = _Lues(cles=set(connues.values()))
    for ligne in (ligne.strip() for ligne in texte.splitlines()):
        if ligne:
            lues.sous.append(_sous_question(ligne, connues, lues))
    if len(lues.sous) > SOUS_QUESTIONS_MAX:
        raise ErreurMetier(f"Un bloc compte {SOUS_QUESTIONS_MAX} sous-questions au plus.")
    libelles = [s["libelle"].casefold() for s in lues.sous]
    if len(set(libelles)) < len(libelles):
        raise ErreurMetier("Deux sous-questions portent le même nom.")
    return lues.sous


def _sous_question(ligne: str, connues: dict, lues: _Lues) -> dict:
    libelle, _, reste = (part.strip() for part in ligne.partition(";"))
    genre, _, choix = (part.strip() for part in reste.partition(":"))
    if not libelle or len(libelle) > 160 or plat(genre or "texte") not in TYPES:
        raise ErreurMetier(f"La ligne «\u00a0{ligne[:60]}\u00a0» ne se lit pas. {FORME}")
    type_ = TYPES[plat(genre or "texte")]
    options = [o.strip()[:160] for o in choix.split(",") if o.strip()]
    if (type_ == T.CHOIX) != bool(options):
        raise ErreurMetier(f"La ligne «\u00a0{ligne[:60]}\u00a0» ne se lit pas. {FORME}")
    return {
        "cle": connues.get(libelle.casefold()) or _cle(libelle, lues),
        "libelle": libelle,
        "type": str(type_),
        "options": list(dict.fromkeys(options)),
    }


def plat(mot: str) -> str:
    return en_adresse(mot)


def _cle(libelle: str, lues: _Lues) -> str:
    base = re.sub(r"[^a-z0-9]+", "_", en_adresse(libelle)).strip("_")[:40] or "colonne"
    base = base if base[0].isalpha() else f"c_{base}"
    cle, rang = base, 1
    while cle in lues.cles:
        rang += 1
        cle = f"{base}_{rang}"
    lues.cles.add(cle)
    return cle


def en_definition(sous: list[dict]) -> str:
    def ligne(s):
        if s["type"] == T.TEXTE:
            return s["libelle"]
        choix = f" : {', '.join(s['options'])}" if s["options"] else ""
        return f"{s['libelle']} ; {s['type']}{choix}"

    return "\n".join(ligne(s) for s in sous)


def definition_en_mots(sous: list[dict]) -> str:
    """« Nom, Montant (nombre) »."""
    genres = {str(type_): mot for mot, type_ in TYPES.items() if type_ != T.TEXTE}
    mots = []
    for s in sous:
        choix = f" : {', '.join(s['options'])}" if s["options"] else ""
        genre = f" ({genres[s['type']]}{choix})" if s["type"] in genres else ""
        mots.append(f"{s['libelle']}{genre}")
    return ", ".join(mots)


def lire_jsonl(texte: str) -> list[dict[str, str]]:
    """Rows as they were typed; a sentence when this is no list of rows."""
    lignes = []
    for brute in texte.split("\n"):
        if not brute.strip():
            continue
        try:
            ligne = json.loads(brute)
        except ValueError:
            ligne = None
        if not isinstance(ligne, dict):
            raise ErreurMetier("Ces lignes ne se lisent pas : rechargez la page.")
        lignes.append({str(c): str(v) for c, v in ligne.items()})
    return lignes


def en_jsonl(lignes: list[dict]) -> str:
    """What the page writes too, to the letter."""
    return "\n".join(
        json.dumps(ligne, ensure_ascii=False, separators=(",", ":")) for ligne in lignes
    )
