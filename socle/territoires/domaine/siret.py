"""SIRET and SIREN: their key, and the commune or the EPCI that the découpage knows by them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from socle.erreurs import ErreurMetier
from socle.territoires.domaine.recherche import resultat_commune, resultat_epci
from socle.territoires.models import Commune, Epci

LA_POSTE = "356000000"
SOURCE_COG = "découpage administratif (Insee, DGCL)"


@dataclass(frozen=True)
class Identite:
    """Who a SIREN is. `code` is that of the picker (« C80253 », « E200… »), empty for others."""

    siren: str
    nom: str
    precision: str
    source: str
    code: str = ""
    nature_juridique: str = ""

    @property
    def phrase(self) -> str:
        return f"{self.nom}, {self.precision}" if self.precision else self.nom


def _cle(chiffres: str) -> int:
    """Luhn: every other figure from the right counts double."""
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        valeur = int(chiffre) * (2 if rang % 2 else 1)
        somme += valeur - 9 if valeur > 9 else valeur
    return somme % 10


def lire_siret(texte: str) -> str:
    """Nine or fourteen figures whose key is right; a sentence otherwise."""
    chiffres = re.sub(r"[\s.\u00a0\u202f-]", "", texte)
    if not re.fullmatch(r"[0-9]{9}|[0-9]{14}", chiffres):
        raise ErreurMetier("Un SIRET compte quatorze chiffres, un SIREN neuf.")
    # The offices of La Poste do not follow the rule: their figures add up to a multiple of five.
    poste = len(chiffres) == 14 and chiffres.startswith(LA_POSTE)
    juste = sum(map(int, chiffres)) % 5 == 0 if poste else _cle(chiffres) == 0
    if not juste or _cle(chiffres[:9]):
        raise ErreurMetier(f"« {texte.strip()[:30]} » comporte une erreur : sa clé est fausse.")
    return chiffres


def identite_connue(chiffres: str) -> Identite | None:
    """The commune or the EPCI in force that bears this SIREN."""
    siren = chiffres[:9]
    commune = Commune.objects.filter(siren=siren, actif=True).select_related("departement").first()
    if commune:
        lu = resultat_commune(commune)
        return Identite(siren, commune.nom, f"commune, {lu.precision}", SOURCE_COG, lu.code)
    epci = Epci.objects.filter(code=siren, actif=True).prefetch_related("departements").first()
    if epci:
        lu = resultat_epci(epci)
        return Identite(siren, lu.nom, lu.precision, SOURCE_COG, lu.code)
    return None
