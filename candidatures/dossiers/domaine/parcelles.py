"""Cadastral parcels, one per line: « commune, préfixe, section, numéro » or the 14 characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from candidatures.dossiers.models.emprise import PARCELLES_MAX
from socle.erreurs import ErreurMetier
from socle.interface.templatetags.interface import nombre
from socle.territoires.domaine.arrondissements import VILLES, arrondissements_de, nom_cadastral
from socle.territoires.domaine.cadastre import absentes
from socle.territoires.domaine.fiches import jour_lisible
from socle.territoires.domaine.lues import communes_lues
from socle.territoires.models import Commune
from socle.territoires.texte import developper

ENTIERE = re.compile(r"^(\d{5}|2[AB]\d{3})(\d{3})(0[A-Z]|[A-Z]{2}|\d{2})(\d{4})$")
_S = r"(?:\s*[;,/–—|]\s*|\s+-\s+|\s+|-)"
LIGNE = re.compile(
    rf"^(?P<commune>.+?){_S}(?:(?P<prefixe>\d{{3}}){_S})?"
    rf"(?P<section>0?[A-Z]|[A-Z]{{2}}|\d{{1,2}}){_S}(?P<numero>\d{{1,4}})$"
)


@dataclass(frozen=True)
class Parcelle:
    """« 80253000AB0123 », and what it is made of."""

    code: str

    @property
    def insee(self) -> str:
        return self.code[:5]

    @property
    def prefixe(self) -> str:
        return self.code[5:8]

    @property
    def section(self) -> str:
        return self.code[8:10]

    @property
    def numero(self) -> str:
        return self.code[10:]

    def en_ligne(self) -> str:
        return f"{self.insee} – {self.prefixe} – {self.section} – {self.numero}"

    def en_donnees(self, noms: dict[str, str], contenance: int | None = None) -> dict:
        return {
            "code": self.code,
            "insee": self.insee,
            "commune": noms.get(self.insee, self.insee),
            "prefixe": self.prefixe,
            "section": self.section,
            "numero": self.numero,
            "contenance": contenance,
        }


def communes_admises(perimetre) -> dict[str, str]:
    """Code and name of each commune where a parcel may lie, its arrondissements included. A free
    zone opens its département."""
    noms = {c.pk: c.nom for c in communes_lues(perimetre).communes}
    if depts := [zone.departement_id for zone in perimetre.zones.all()]:
        noms |= dict(Commune.objects.filter(departement__in=depts).values_list("code", "nom"))
    for ville in VILLES.keys() & noms.keys():
        noms |= {code: nom_cadastral(code, noms[ville]) for code in arrondissements_de(ville)}
    return noms


def lire_parcelles(texte: str, perimetre) -> list[str]:
    """Normalised codes, each once, in the order typed; the first bad line gives a sentence."""
    lignes = [(n, ligne.strip()) for n, ligne in enumerate(texte.splitlines(), 1) if ligne.strip()]
    if not lignes:
        return []
    if perimetre is None:
        raise ErreurMetier("Indiquez d’abord le périmètre : les parcelles en font partie.")
    noms = communes_admises(perimetre)
    par_nom: dict[str, list[str]] = {}
    for code, nom in noms.items():
        par_nom.setdefault(developper(nom), []).append(code)
    codes = list(dict.fromkeys(_lire(n, ligne, noms, par_nom) for n, ligne in lignes))
    if len(codes) > PARCELLES_MAX:
        raise ErreurMetier(f"Indiquez au plus {PARCELLES_MAX} parcelles.")
    _verifier(codes, noms)
    return codes


def _verifier(codes: list[str], noms: dict[str, str]) -> None:
    """They exist, where the cadastre of the commune is held; elsewhere nothing is judged."""
    for code, tenu in absentes(codes).items():
        raise ErreurMetier(
            f"La parcelle « {Parcelle(code).en_ligne()} » n’est pas au cadastre de "
            f"{noms[code[:5]]} (état au {jour_lisible(tenu.etat_le)})."
        )


def _lire(numero: int, ligne: str, noms: dict, par_nom: dict) -> str:
    lue = ENTIERE.match(re.sub(r"\s+", "", ligne).upper()) or LIGNE.match(ligne.upper())
    if lue is None:
        raise ErreurMetier(
            f"Ligne {numero} : écrivez « commune – préfixe – section – numéro », par exemple "
            "« 80253 – 000 – AB – 123 »."
        )
    commune, prefixe, section, rang = lue.groups()
    if int(rang) == 0:
        raise ErreurMetier(f"Ligne {numero} : une parcelle porte un numéro.")
    codes = [commune] if commune in noms else par_nom.get(developper(commune), [])
    if len(codes) != 1:
        raise ErreurMetier(
            f"Ligne {numero} : « {commune.title()} » n’est pas une commune du périmètre."
        )
    if arrondissements := arrondissements_de(codes[0]):
        raise ErreurMetier(
            f"Ligne {numero} : à {noms[codes[0]]}, écrivez le code de l’arrondissement "
            f"({arrondissements[0]} à {arrondissements[-1]})."
        )
    return f"{codes[0]}{prefixe or '000'}{section.zfill(2)}{int(rang):04d}"


def en_lignes(codes: list[str]) -> str:
    return "\n".join(Parcelle(code).en_ligne() for code in codes)


def surface_totale(lignes: list[dict]) -> str:
    """In words, honest to what is known; empty when no surface is."""
    connues = [ligne["contenance"] for ligne in lignes if ligne.get("contenance")]
    if not connues:
        return ""
    total = f"{nombre(sum(connues))}\u00a0m²"
    if len(connues) < len(lignes):
        return f"Surface connue de {len(connues)} sur {len(lignes)} parcelles\u00a0: {total}."
    return f"Surface cadastrale totale\u00a0: {total}."
