"""Two names that may be one organisation. Pure Python: nothing is read, nothing is decided."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations

from socle.territoires.texte import developper

SEUIL = 0.86
VIDES = {
    "a",
    "au",
    "aux",
    "d",
    "de",
    "des",
    "du",
    "en",
    "et",
    "l",
    "la",
    "le",
    "les",
    "pour",
    "sur",
}
SYNONYMES = {
    "mairie": ("commune",),
    "ville": ("commune",),
    "municipalite": ("commune",),
    "asso": ("association",),
    "ddtm": ("ddt",),
    "cc": ("communaute", "commune"),
    "cdc": ("communaute", "commune"),
    "ca": ("communaute", "agglomeration"),
    "cu": ("communaute", "urbaine"),
    "cd": ("conseil", "departemental"),
}


def mots(nom: str) -> tuple[str, ...]:
    """The words that count, singular, under one name for those that have several."""
    lus = []
    for mot in developper(nom).split():
        if mot in VIDES:
            continue
        court = mot.removesuffix("s") if len(mot) > 3 else mot
        lus += SYNONYMES.get(court, (court,))
    return tuple(lus)


def proches(premier: str, second: str) -> bool:
    """Same words, one name within the other, or a slip of the pen. Numbers must be the same."""
    return _voisins(mots(premier), mots(second))


def _voisins(un: tuple, autre: tuple) -> bool:
    if not un or not autre:
        return False
    if {m for m in un if m.isdigit()} != {m for m in autre if m.isdigit()}:
        return False
    petit, grand = sorted((set(un), set(autre)), key=len)
    if petit == grand or (len(petit) > 1 and petit < grand):
        return True
    textes = sorted((" ".join(un), " ".join(autre)))
    compare = SequenceMatcher(None, *textes, autojunk=False)
    return compare.real_quick_ratio() >= SEUIL and compare.ratio() >= SEUIL


TROP_COMMUN = 30


def paires(noms: dict[int, str]) -> list[tuple[int, int]]:
    """The pairs that look alike, among names that share a word not too common."""
    lus = {cle: mots(nom) for cle, nom in noms.items()}
    par_mot = defaultdict(list)
    for cle, siens in lus.items():
        for mot in set(siens):
            par_mot[mot].append(cle)
    trouvees = {
        (un, autre)
        for voisins in par_mot.values()
        if len(voisins) <= TROP_COMMUN
        for un, autre in combinations(sorted(voisins), 2)
        if _voisins(lus[un], lus[autre])
    }
    return sorted(trouvees)


def parmi(nom: str, connus: list[str], limite: int = 5) -> list[str]:
    """Those of `connus` that `nom` may be, in their order."""
    siens = mots(nom)
    trouves = (connu for connu in connus if _voisins(siens, mots(connu)))
    return [connu for connu, _ in zip(trouves, range(limite), strict=False)]
