"""Two texts compared word by word. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

MORCEAU = re.compile(r"\s+|\w+|[^\w\s]")
PLAFOND = 12_000


def diff_mots(avant: str, apres: str) -> list[tuple[str, str]]:
    """[(« = », « - » or « + », text)]: = and - give back `avant`, = and + give back `apres`."""
    a, b = MORCEAU.findall(avant), MORCEAU.findall(apres)
    if len(a) + len(b) > PLAFOND:
        a, b = avant.splitlines(keepends=True), apres.splitlines(keepends=True)
    trouves: list[tuple[str, str]] = []

    def ajouter(signe, morceaux):
        texte = "".join(morceaux)
        if not texte:
            return
        if trouves and trouves[-1][0] == signe:
            trouves[-1] = (signe, trouves[-1][1] + texte)
        else:
            trouves.append((signe, texte))

    for operation, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if operation == "equal":
            ajouter("=", a[i1:i2])
        else:
            ajouter("-", a[i1:i2])
            ajouter("+", b[j1:j2])
    return _regrouper(trouves)


def _regrouper(morceaux: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A rewritten sentence reads in one piece: the blanks kept between two changed words go with
    them, and what is removed comes before what is added.
    """
    groupes: list[tuple[str, str]] = []
    retire, ajoute, blanc = "", "", ""

    def poser():
        groupes.extend((s, t) for s, t in (("-", retire), ("+", ajoute), ("=", blanc)) if t)

    for signe, texte in morceaux:
        if signe == "=" and texte.strip():
            poser()
            retire = ajoute = blanc = ""
            if groupes and groupes[-1][0] == "=":
                groupes[-1] = ("=", groupes[-1][1] + texte)
            else:
                groupes.append(("=", texte))
        elif signe == "=":
            blanc += texte
        else:
            if retire or ajoute:
                retire, ajoute = retire + blanc, ajoute + blanc
            elif blanc:
                poser()
            blanc = ""
            retire += texte if signe == "-" else ""
            ajoute += texte if signe == "+" else ""
    poser()
    return groupes
