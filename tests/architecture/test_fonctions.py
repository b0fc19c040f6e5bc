"""docs/fonctions.md says how many rows hold: the sentence is counted, not remembered."""

import re

from tests.fixtures.gabarits import RACINE

LIGNE = re.compile(r"^\| ([A-Y]\d+) \|[^|]*\| (.*) \|$", re.MULTILINE)


def test_le_compte_des_fonctions_est_celui_des_lignes():
    texte = (RACINE / "docs" / "fonctions.md").read_text()
    etats = [etat for _, etat in LIGNE.findall(texte)]
    non = sum(etat == "non" for etat in etats)
    partiel = sum(etat.startswith("partiel") for etat in etats)
    entieres = len(etats) - non - partiel
    phrase = f"{entieres} fonctions tiennent entières, {partiel} en partie, sur {len(etats)}."
    assert re.findall(r"^\d+ fonctions .*$", texte, re.MULTILINE) == [phrase]
