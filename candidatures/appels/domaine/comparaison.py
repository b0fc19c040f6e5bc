"""What changes from one version of the form to the next, in words. Pure but for its inputs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from candidatures.appels.choix import CleSection, UsagePiece
from candidatures.appels.domaine.blocs import definition_en_mots
from candidatures.appels.domaine.conditions import Condition
from candidatures.appels.domaine.valeurs import borne, bornes_en_mots, condition_en_mots


@dataclass(frozen=True)
class Changement:
    genre: str  # ajoute | retire | modifie
    objet: str
    details: tuple[str, ...] = field(default=())

    def en_json(self) -> dict:
        return asdict(self) | {"details": list(self.details)}


MOTS = {"ajoute": "Ajouté", "retire": "Retiré", "modifie": "Modifié"}


def place(question) -> str:
    if question.section:
        return CleSection(question.section).label
    return question.rubrique or "Questions de l’appel"


def _borne(valeur) -> str:
    return borne(valeur) if valeur is not None else "aucune"


def _guillemets(texte: str) -> str:
    return f"«\u00a0{texte}\u00a0»" if texte else "vide"


def _details(avant, apres, mots) -> list[str]:
    """One sentence for each attribute that changed."""
    dits = []

    def dire(nom, a, b):
        if a != b:
            dits.append(f"{nom}\u00a0: {a} devient {b}")

    dire("intitulé", _guillemets(avant.libelle), _guillemets(apres.libelle))
    dire("aide", _guillemets(avant.aide), _guillemets(apres.aide))
    dire("type", avant.get_type_display().lower(), apres.get_type_display().lower())
    dire("place", _guillemets(place(avant)), _guillemets(place(apres)))
    if avant.obligatoire != apres.obligatoire:
        dits.append(
            "la réponse devient obligatoire"
            if apres.obligatoire
            else "la réponse devient facultative"
        )
    ajoutes = [o for o in apres.options if o not in avant.options]
    retires = [o for o in avant.options if o not in apres.options]
    if ajoutes:
        dits.append("choix ajoutés\u00a0: " + ", ".join(map(_guillemets, ajoutes)))
    if retires:
        dits.append("choix retirés\u00a0: " + ", ".join(map(_guillemets, retires)))
    dire(
        "sous-questions",
        _guillemets(definition_en_mots(avant.sous_questions)),
        _guillemets(definition_en_mots(apres.sous_questions)),
    )
    dire("minimum", _borne(avant.minimum), _borne(apres.minimum))
    dire("maximum", _borne(avant.maximum), _borne(apres.maximum))
    dire(
        "condition",
        condition_en_mots(Condition.lire(avant.condition), *mots) or "aucune",
        condition_en_mots(Condition.lire(apres.condition), *mots) or "aucune",
    )
    return dits


def _decrire(question, mots) -> tuple[str, ...]:
    """All that an added question asks: one decides on this page."""
    dits = [place(question), question.get_type_display()]
    if question.aide:
        dits.append(f"aide\u00a0: {_guillemets(question.aide)}")
    if question.options:
        dits.append("choix\u00a0: " + ", ".join(map(_guillemets, question.options)))
    if question.sous_questions:
        dits.append(definition_en_mots(question.sous_questions))
    if bornes := bornes_en_mots(question):
        dits.append(bornes)
    dits.append("réponse obligatoire" if question.obligatoire else "réponse facultative")
    if condition := condition_en_mots(Condition.lire(question.condition), *mots):
        dits.append(condition)
    return tuple(dits)


def comparer_questions(avant, apres) -> list[Changement]:
    anciennes = {q.cle: q for q in avant}
    nouvelles = {q.cle: q for q in apres}
    toutes = anciennes | nouvelles
    mots = (
        {cle: q.libelle for cle, q in toutes.items()},
        {cle: q.type for cle, q in toutes.items()},
    )
    changements = []
    for cle, question in nouvelles.items():
        if cle not in anciennes:
            changements.append(Changement("ajoute", question.libelle, _decrire(question, mots)))
        elif dits := _details(anciennes[cle], question, mots):
            changements.append(Changement("modifie", anciennes[cle].libelle, tuple(dits)))
    for cle, question in anciennes.items():
        if cle not in nouvelles:
            note = "les réponses déjà données sont gardées, à part"
            changements.append(Changement("retire", question.libelle, (note,)))
    communes = [cle for cle in nouvelles if cle in anciennes]
    if communes != [cle for cle in anciennes if cle in nouvelles]:
        changements.append(Changement("modifie", "L’ordre des questions"))
    return changements


def comparer_usages(avant: dict, apres: dict, noms: dict) -> list[Changement]:
    """Pieces: {key: (usage, aide)} before and after."""
    changements = []
    for cle, (usage, aide) in apres.items():
        ancien_usage, ancienne_aide = avant.get(cle, (usage, aide))
        dits = []
        if usage != ancien_usage:
            mots = (UsagePiece(ancien_usage).label.lower(), UsagePiece(usage).label.lower())
            dits.append(" devient ".join(mots))
        if aide != ancienne_aide:
            dits.append(f"aide\u00a0: {_guillemets(ancienne_aide)} devient {_guillemets(aide)}")
        if dits:
            changements.append(
                Changement("modifie", f"Pièce «\u00a0{noms[cle]}\u00a0»", tuple(dits))
            )
    return changements


def comparer_aides(avant: dict, apres: dict) -> list[Changement]:
    return [
        Changement(
            "modifie",
            f"Aide de la section «\u00a0{cle.label}\u00a0»",
            (f"{_guillemets(avant.get(cle, ''))} devient {_guillemets(apres.get(cle, ''))}",),
        )
        for cle in CleSection
        if avant.get(cle, "") != apres.get(cle, "")
    ]
