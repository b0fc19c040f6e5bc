"""Answers to a block that a later version of the form asks otherwise. Pure: nothing is dropped.

`ajuster` gives what the present block can hold, `ecarte` the rows it cannot hold whole, in words.
"""

from __future__ import annotations

from candidatures.appels.domaine.blocs import sous_questions
from candidatures.appels.domaine.conditions import vide
from candidatures.appels.domaine.valeurs import convient, lisible


def _tenues(question, ligne: dict) -> dict:
    """Cells of a row that the present sub-questions can hold, in their order."""
    return {
        s.cle: ligne[s.cle]
        for s in sous_questions(question)
        if s.cle in ligne and convient(s.type, ligne[s.cle], s.options)
    }


def ajuster(question, valeur: dict | None) -> dict | None:
    if vide(valeur):
        return None
    lignes = [tenues for ligne in valeur["lignes"] if (tenues := _tenues(question, ligne))]
    if not lignes:
        return None
    colonnes = [[s.cle, s.libelle, str(s.type)] for s in sous_questions(question)]
    return {"colonnes": colonnes, "lignes": lignes}


def ecarte(question, valeur: dict | None) -> str:
    """Whole rows, so that one knows what the lost cell was about."""
    if vide(valeur):
        return ""
    lignes = [li for li in valeur["lignes"] if len(_tenues(question, li)) < len(li)]
    return lisible(question.type, {"colonnes": valeur["colonnes"], "lignes": lignes})


def colonnes_anciennes(question, versions) -> list[list]:
    """Columns that other versions of this question had: a page opened before still sends them."""
    actuelles = {s.cle for s in sous_questions(question)}
    connues = {}
    for sous in versions:
        for s in sous:
            if s["cle"] not in actuelles:
                connues[s["cle"]] = [s["cle"], s["libelle"], s["type"]]
    return list(connues.values())
