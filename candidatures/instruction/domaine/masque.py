"""Blind reading: known names replaced in a text, whatever their accents, case or hyphens. Pure.

What is written instead keeps the French of the sentence: « la DDTM de la Loire-Atlantique »
becomes « la DDTM du territoire B », « à Berck » « dans le territoire B ».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from candidatures.instruction.domaine.plis import cle, plier

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
COURT = 3
ACCORDES = ("Territoire ", "[")
# The small words that change with what follows, on folded text, the longest first.
AVANT = "de la|de l|du|des|de|d|a la|a l|aux|au|a|en|dans les|dans la|dans le|dans l|les|la|le|l"
DE = ("de la", "de l'", "du", "des", "de", "d'")
DANS = ("à la", "à l'", "aux", "au", "à", "en", "dans les", "dans la", "dans le", "dans l'")
REPETES = re.compile(
    r"\b(du|dans le|le) territoire ([A-Z]+)"
    r"(?:(?:, | et |, et | ou )(?:\1|le) territoire \2\b)+",
    re.IGNORECASE,
)
LIEUX = {
    "le": lambda dit: "Plusieurs" if dit[0].isupper() else "plusieurs",
    "du": lambda dit: "De plusieurs" if dit[0].isupper() else "de plusieurs",
    "dans le": lambda dit: "Dans plusieurs" if dit[0].isupper() else "dans plusieurs",
}


@dataclass(frozen=True)
class Jeton:
    """A name to hide, and what is written instead. `propre`: only where it has its capital."""

    nom: str
    remplacant: str
    propre: bool = False


def _motif(nom: str) -> str:
    mots = []
    for mot in nom.split():
        mot = {"saint": "(?:saint|st)", "sainte": "(?:sainte|ste)"}.get(mot, re.escape(mot))
        mots.append(mot)
    return r"\.?\s+".join(mots)


def _variantes(jeton: Jeton) -> Iterable[Jeton]:
    """The name, without its kind (« Commune de Doullens », « Amiens Métropole »), and without its
    article (« la baie du Crotoy »)."""
    vus, a_voir = {cle(jeton.nom)}, [cle(jeton.nom)]
    while a_voir:
        nom = a_voir.pop()
        for nu in (GENRES.sub("", nom), SUFFIXES.sub("", nom)):
            if len(nu) > COURT and nu not in vus:
                vus.add(nu)
                a_voir.append(nu)
                yield replace(jeton, nom=nu)
    for nom in sorted(vus):
        article, _, reste = nom.partition(" ")
        if article in ("le", "les") and len(reste) > COURT:
            yield replace(jeton, nom=reste, propre=True)


def fabriquer(
    jetons: Iterable[Jeton], codes: Iterable[str] = (), *, gentiles: Jeton | None = None
) -> Callable[[str], str]:
    """A function that hides these names, and the postal codes of these départements.

    `gentiles`: a pattern of adjectives (`motif_gentile`) and what they are replaced by.
    """
    tous: dict[str, Jeton] = {}
    jetons = [j for j in jetons if cle(j.nom)]
    for jeton in sorted(jetons, key=lambda j: not j.propre):  # stable: the last written wins
        tous[cle(jeton.nom)] = jeton
    for variante in [v for j in jetons for v in _variantes(j)]:
        tous.setdefault(cle(variante.nom), variante)
    ordre = sorted(tous, key=len, reverse=True)
    motifs, dits = [_motif(nom) for nom in ordre], [tous[nom] for nom in ordre]
    if gentiles is not None and gentiles.nom:
        motifs.append(gentiles.nom)
        dits.append(replace(gentiles, nom=""))
    cherche = None
    if motifs:
        noms = "|".join(f"({m})" for m in motifs)
        cherche = re.compile(rf"{BORD_GAUCHE}(?:({AVANT})\s+)?(?:{noms}){BORD_DROIT}")
    departements = "|".join(re.escape(c[:2]) for c in sorted(codes))
    postaux = re.compile(rf"(?<!\d)(?:{departements})\s?\d{{3}}(?!\d)") if departements else None

    def masquer(texte: str) -> str:
        if not texte:
            return texte
        texte = COURRIEL.sub("[adresse]", ADRESSE.sub("[lien]", texte))
        texte = TELEPHONE.sub("[téléphone]", texte)
        if postaux:
            texte = postaux.sub("[code]", texte)
        return _remplacer(texte, cherche, dits) if cherche else texte

    return masquer


# What is left of the small word before « [porteur] », that takes no article.
SANS_ARTICLE = dict.fromkeys(DE, "de ") | dict.fromkeys(("à la", "à l'", "aux", "au", "à"), "à ")


def _dire(avant: str, remplacant: str) -> str:
    """The replacement with the small word that it replaces (« de la », « à », « »)."""
    petit = avant.lower().replace("’", "'")
    if remplacant.startswith("["):
        return SANS_ARTICLE.get(petit, f"{avant} " if petit.startswith(("en", "dans")) else "") + (
            remplacant
        )
    nom = remplacant[:1].lower() + remplacant[1:]
    if petit in DE:
        return f"du {nom}"
    return f"dans le {nom}" if petit in DANS else f"le {nom}"


def _habitants(avant: str, mot: str, remplacant: str) -> str:
    """« guérandaise » → « du territoire A », « les Guérandais » → « les habitants du… »."""
    nom = remplacant[:1].lower() + remplacant[1:]
    if not mot[0].isupper() and not avant.endswith(("’", "'")):
        return f"{avant} du {nom}".lstrip()
    if avant.lower() in ("les", "des", "aux"):
        return f"{avant} habitants du {nom}"
    return _dire(avant, remplacant)


def _commence(texte: str) -> bool:
    """Whether a sentence begins after this text."""
    avant = texte.rstrip(" \u00a0\u202f«(")
    return not avant or avant[-1] in ".!?…\n"


def _remplacer(texte: str, cherche, dits: list[Jeton]) -> str:
    plie, origines = plier(texte)
    morceaux, fin = [], 0
    for trouve in cherche.finditer(plie):
        jeton = dits[trouve.lastindex - 2]
        nom = origines[trouve.start(trouve.lastindex)]
        debut, suite = origines[trouve.start()], origines[trouve.end() - 1] + 1
        while suite < len(texte) and unicodedata.combining(texte[suite]):
            suite += 1
        mot, avant = texte[nom:suite], texte[debut:nom].rstrip("\u00a0\u202f -")
        if avant in ("a", "A"):  # the verb, not the preposition
            debut, avant = nom, ""
        if len(trouve[trouve.lastindex]) <= COURT and not mot[0].isupper():
            continue
        if jeton.propre and not any(lettre.isupper() for lettre in mot):
            continue
        if not jeton.remplacant.startswith(ACCORDES):
            debut, ecrit = nom, jeton.remplacant
        elif jeton.nom:
            ecrit = _dire(avant, jeton.remplacant)
        else:
            ecrit = _habitants(avant, mot, jeton.remplacant)
        if _commence(texte[:debut]):
            ecrit = ecrit[:1].upper() + ecrit[1:]
        morceaux += [texte[fin:debut], ecrit]
        fin = suite
    return _regrouper("".join([*morceaux, texte[fin:]]))


def _regrouper(texte: str) -> str:
    """« le territoire B, le territoire B et le territoire B » is said once, in the plural."""
    return REPETES.sub(lambda t: LIEUX[t[1].lower()](t[1]) + f" lieux du territoire {t[2]}", texte)
