"""Reading a pasted table of participants: one person a line, from a spreadsheet or a CSV."""

from __future__ import annotations

import csv
import io

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from candidatures.dispositifs.choix import College
from socle.erreurs import ElementsManquants, Manque
from socle.territoires.texte import plier

COLONNES = ("prenom", "nom", "courriel", "college", "organisation", "fonction")
LIGNES_MAX = 1000
LONGUEURS = {"prenom": 80, "nom": 80, "organisation": 160, "fonction": 120}


def _singulier(texte: str) -> str:
    return " ".join(mot.removesuffix("s") for mot in plier(texte).split())


_COLLEGES = {_singulier(libelle): valeur for valeur, libelle in College.choices} | {
    _singulier(valeur.replace("_", " ")): valeur for valeur in College.values
}
_COLLEGES |= {"elue": College.ELUS, "habitante": College.HABITANTS, "usager": College.HABITANTS}


def _separateur(premiere: str) -> str:
    return max("\t;,", key=premiere.count)


def _est_titre(cellules: list[str]) -> bool:
    return plier(cellules[0]) in {"prenom", "prenoms"}


def lire_lignes(texte: str) -> list[dict]:
    """Columns in the order of COLONNES. Raises every error at once."""
    utiles = [ligne for ligne in texte.replace("\ufeff", "").splitlines() if ligne.strip()]
    if not utiles:
        raise ElementsManquants([Manque("Collez au moins une ligne.")])
    if len(utiles) > LIGNES_MAX:
        raise ElementsManquants([Manque(f"Importez au plus {LIGNES_MAX} personnes à la fois.")])
    lecteur = csv.reader(io.StringIO("\n".join(utiles)), delimiter=_separateur(utiles[0]))
    lignes, erreurs = [], []
    for numero, cellules in enumerate(lecteur, start=1):
        if numero == 1 and _est_titre(cellules):
            continue
        ligne = dict.fromkeys(COLONNES, "")
        ligne |= {cle: c.strip() for cle, c in zip(COLONNES, cellules, strict=False)}
        if fautes := problemes(ligne, len(cellules)):
            erreurs.append(Manque(f"Ligne {numero} : {dire(fautes)}"))
        else:
            lignes.append(completer(ligne))
    if erreurs:
        raise ElementsManquants(erreurs[:20])
    return lignes


def completer(ligne: dict) -> dict:
    """The line, its college as it is stored and its address as it is compared."""
    college = _COLLEGES[_singulier(ligne["college"])]
    return ligne | {"college": college, "courriel": ligne["courriel"].lower()}


def problemes(ligne: dict, nombre: int) -> list[str]:
    """Every fault of the line, so that it is mended once."""
    fautes = []
    if nombre > len(COLONNES):
        fautes.append(f"il y a {nombre} colonnes, il en faut {len(COLONNES)} au plus")
    if not ligne["prenom"] or not ligne["nom"]:
        fautes.append("le prénom ou le nom est absent")
    fautes += [
        f"« {ligne[cle][:30]}… » dépasse {longueur} caractères"
        for cle, longueur in LONGUEURS.items()
        if len(ligne[cle]) > longueur
    ]
    if _singulier(ligne["college"]) not in _COLLEGES:
        connus = ", ".join(College.labels)
        if ligne["college"]:
            fautes.append(f"le collège « {ligne['college']} » n’existe pas (collèges : {connus})")
        else:
            fautes.append(f"le collège est absent (collèges : {connus})")
    if ligne["courriel"]:
        try:
            validate_email(ligne["courriel"])
        except ValidationError:
            fautes.append(f"« {ligne['courriel']} » n’est pas une adresse électronique")
    return fautes


def dire(fautes: list[str]) -> str:
    return " ; ".join(fautes) + "." if fautes else ""
