"""Articles and elisions: « la DDT de la Somme », « de l’école », « d’Anne », « du syndicat »."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHE = "\u2019"
FEMININS = {
    "académie", "agence", "association", "caisse", "chambre", "collectivité", "communauté",
    "commune", "direction", "école", "eurométropole", "fédération", "fondation", "métropole",
    "mairie", "mission", "préfecture", "région", "société", "sous-préfecture", "université",
    "ville",
}  # fmt: skip
MASCULINS = {
    "bureau", "cabinet", "centre", "comité", "conseil", "conservatoire", "département",
    "établissement", "groupement", "institut", "laboratoire", "ministère", "office", "parc",
    "pays", "pôle", "port", "secrétariat", "service", "syndicat",
}  # fmt: skip
# Anywhere in a proper name: « Fougères Agglomération est invitée », without an article.
ACCORDS_FEMININS = {"agglo", "agglomération", "communauté", "intercommunalité", "métropole"}
SIGLES_FEMININS = {"ADEME", "ANCT", "ARS", "CCI", "CDC", "DDT", "DDTM", "DEAL", "DGALN", "DGTM"}
SIGLES_FEMININS |= {"CA", "CC", "CU", "DREAL", "DTAM", "DRAC", "SAFER", "UDAP"}
SIGLES_MASCULINS = {"CAUE", "CEREMA", "EPA", "EPCI", "EPF", "OFB", "PETR", "PNR", "SMO"}
H_MUETS = ("habit", "helen", "henri", "hermine", "herault", "herv", "hippoly", "histoi", "hotel")
H_MUETS += ("horace", "hortense", "honor", "hydro", "hyper")


def _nu(mot: str) -> str:
    """Lower case, without accents."""
    plat = unicodedata.normalize("NFKD", mot)
    return "".join(c for c in plat if not unicodedata.combining(c)).lower()


def elide(mot: str) -> bool:
    """True when « de » or « la » loses its vowel before this word."""
    plat = _nu(str(mot).lstrip("« \N{NO-BREAK SPACE}"))
    return plat[:1] in tuple("aeiouœ") and plat[:2] != "ou" or plat.startswith(("ouv", *H_MUETS))


def de(nom) -> str:
    """« d’Anne », « de Beauval », « du Havre », « des Coëvrons »."""
    nom = str(nom)
    for article, contracte in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return contracte + nom[len(article) :]
    return f"d{APOSTROPHE}{nom}" if elide(nom) else f"de {nom}"


def de_cite(titre) -> str:
    """« d’« Atelier 1 » », « de « Visite » »: a title keeps its own article."""
    espace = "\N{NO-BREAK SPACE}"
    return de(f"«{espace}{cite(titre)}{espace}»")


def cite(titre) -> str:
    """What goes between « and »: its own guillemets become “ and ”."""
    dedans = re.sub(r"«\s*", "“", str(titre))
    return re.sub(r"\s*»", "”", dedans)


def table_dite(nom) -> str:
    """« Table 1 », whether the pilot typed « 1 » or « Table 1 »."""
    nom = str(nom).strip()
    return nom if _nu(nom).startswith("table") else f"Table {nom}"


def _genre(nom: str) -> tuple[str, str]:
    """(« f », « m » or nothing, the name as it is written inside a sentence)."""
    premier = nom.replace(APOSTROPHE, " ").split(" ")[0] if nom else ""
    mot = premier.lower()
    if premier.upper() == premier and len(premier) > 1:
        if premier in SIGLES_FEMININS:
            return "f", nom
        return ("m", nom) if premier in SIGLES_MASCULINS else ("", nom)
    if mot in FEMININS:
        return "f", nom[:1].lower() + nom[1:]
    if mot in MASCULINS:
        return "m", nom[:1].lower() + nom[1:]
    return "", nom


def avec_article(nom) -> str:
    """« la commune de Doullens », « l’école du paysage »; proper names have no article."""
    genre, ecrit = _genre(str(nom))
    if not genre:
        return ecrit
    if elide(ecrit):
        return f"l{APOSTROPHE}{ecrit}"
    return f"{'la' if genre == 'f' else 'le'} {ecrit}"


def du(nom) -> str:
    """« de la DDT », « du syndicat », « de l’école », « de Tulle Agglo »."""
    genre, ecrit = _genre(str(nom))
    if genre == "m" and not elide(ecrit):
        return f"du {ecrit}"
    return f"de {avec_article(nom)}" if genre else de(ecrit)


def au(nom) -> str:
    """« à la commune », « au syndicat », « à l’école », « au Havre », « à Tulle Agglo »."""
    genre, ecrit = _genre(str(nom))
    if genre == "m" and not elide(ecrit):
        return f"au {ecrit}"
    if genre:
        return f"à {avec_article(nom)}"
    for article, contracte in (("Le ", "au "), ("Les ", "aux ")):
        if ecrit.startswith(article):
            return contracte + ecrit[len(article) :]
    return f"à {ecrit}"


def feminin(nom) -> str:
    """The « e » of « invitée », for a name that is feminine."""
    genre, ecrit = _genre(str(nom))
    mots = set(re.findall(r"\w+", ecrit.lower()))
    return "e" if genre == "f" or not genre and mots & ACCORDS_FEMININS else ""


def pronom(nom) -> str:
    """« elle » for « Communauté de communes du Doullennais », « il » otherwise."""
    return "elle" if feminin(nom) else "il"


def debut_minuscule(phrase) -> str:
    """« Pour l’État » → « pour l’État »: the capitals inside stay."""
    phrase = str(phrase)
    return phrase[:1].lower() + phrase[1:]


class Mot(str):
    """A word that a sentence may ask with its article: `"{organisme:du}"`."""

    FORMES = {"de": de, "de_cite": de_cite, "du": du, "au": au, "article": avec_article}

    def __format__(self, forme: str) -> str:
        if forme in self.FORMES:
            return self.FORMES[forme](str(self))
        return super().__format__(forme)
