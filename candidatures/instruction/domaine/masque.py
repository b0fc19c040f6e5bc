"""Blind reading: known names replaced in a text, whatever their accents, case or hyphens. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LIGATURES = {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"}
SEPARATEURS = "-‐‑‒–'’ʼ\u00a0\u202f_"
BORD_GAUCHE, BORD_DROIT = r"(?<![^\W_])", r"(?![^\W_])"
COURRIEL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ADRESSE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<!\d)(?:\+33\s?|0)[1-9](?:[\s.]?\d{2}){4}(?!\d)")
ARTICLE = r"(?: (?:du|de la|de l|des|de|d))?"
# The longest first: an alternative that matches hides the next ones.
GENRES = re.compile(
    r"^(?:cc|ca|cu|communaute (?:de communes|d agglomeration|urbaine)|communaute|"
    r"(?:euro)?metropole|pole (?:metropolitain|d equilibre territorial(?: et rural)?)|petr|"
    r"(?:grande )?agglomeration|agglo|communes? nouvelles?|communes?|villes?|mairie|municipalite|"
    r"syndicat (?:mixte|intercommunal|departemental|d amenagement|d energie)|syndicat|sivom|sivu|"
    r"parc naturel(?: (?:regional|marin))?|parc national|pnr|parc|pays|"
    r"conseil (?:departemental|regional|municipal)|departement|collectivite|etablissement public"
    r"(?: (?:foncier|territorial|d amenagement))?|centre communal d action sociale|ccas)\b"
    + ARTICLE
    + r"(?: |$)"
)
SUFFIXES = re.compile(r" (?:metropole|agglomeration|agglo|communaute)$")
CONTRACTES = {"le": {"du": "de ", "au": "à "}, "les": {"des": "de ", "aux": "à "}}
COURT = 3


def plier(texte: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the position of its origin."""
    plie, origines = [], []
    for position, lettre in enumerate(texte):
        lettre = LIGATURES.get(lettre, lettre)
        lettre = " " if lettre in SEPARATEURS else lettre
        for signe in unicodedata.normalize("NFD", lettre):
            if not unicodedata.combining(signe):
                plie.append(signe.lower()[:1])
                origines.append(position)
    return "".join(plie), origines


def cle(nom: str) -> str:
    """A name as it is looked for."""
    return " ".join(plier(nom)[0].split())


@dataclass(frozen=True)
class Jeton:
    """A name to hide, and what is written instead."""

    nom: str
    remplacant: str


def _motif(jeton: Jeton) -> str:
    mots = []
    for mot in cle(jeton.nom).split():
        mot = {"saint": "(?:saint|st)", "sainte": "(?:sainte|ste)"}.get(mot, re.escape(mot))
        mots.append(mot)
    return BORD_GAUCHE + r"\.?\s+".join(mots) + BORD_DROIT


def _variantes(jeton: Jeton) -> Iterable[Jeton]:
    """The name, without its kind (« Commune de Doullens », « Amiens Métropole »), and with the
    article melted into the word before (« la baie du Crotoy »)."""
    yield jeton
    vus, a_voir = {cle(jeton.nom)}, [cle(jeton.nom)]
    while a_voir:
        nom = a_voir.pop()
        for nu in (GENRES.sub("", nom), SUFFIXES.sub("", nom)):
            if len(nu) > COURT and nu not in vus:
                vus.add(nu)
                a_voir.append(nu)
                yield Jeton(nu, jeton.remplacant)
    for nom in sorted(vus):
        article, _, reste = nom.partition(" ")
        for contracte, dit in CONTRACTES.get(article, {}).items():
            if len(reste) > COURT:
                yield Jeton(f"{contracte} {reste}", f"{dit}{jeton.remplacant}")


def fabriquer(jetons: Iterable[Jeton], codes: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that hides these names, and the postal codes of these départements."""
    tous = {cle(v.nom): v for j in jetons if cle(j.nom) for v in _variantes(j)}
    ordre = sorted(tous, key=len, reverse=True)
    cherche = re.compile("|".join(f"({_motif(tous[c])})" for c in ordre)) if ordre else None
    remplacants = [tous[c].remplacant for c in ordre]
    departements = "|".join(re.escape(c[:2]) for c in sorted(codes))
    postaux = re.compile(rf"(?<!\d)(?:{departements})\s?\d{{3}}(?!\d)") if departements else None

    def masquer(texte: str) -> str:
        if not texte:
            return texte
        texte = COURRIEL.sub("[adresse]", ADRESSE.sub("[lien]", texte))
        texte = TELEPHONE.sub("[téléphone]", texte)
        if postaux:
            texte = postaux.sub("[code]", texte)
        return _remplacer(texte, cherche, remplacants) if cherche else texte

    return masquer


def _remplacer(texte: str, cherche, remplacants: list[str]) -> str:
    plie, origines = plier(texte)
    morceaux, fin = [], 0
    for trouve in cherche.finditer(plie):
        debut, suite = origines[trouve.start()], origines[trouve.end() - 1] + 1
        while suite < len(texte) and unicodedata.combining(texte[suite]):
            suite += 1
        if len(trouve.group()) <= COURT and not texte[debut].isupper():
            continue
        morceaux += [texte[fin:debut], remplacants[trouve.lastindex - 1]]
        fin = suite
    return "".join([*morceaux, texte[fin:]])
