"""What an export holds in memory does not grow with its rows."""

import tracemalloc

import pytest

from socle.exports import formats
from socle.exports.declaration import Feuille

ECRIRE = {"csv": formats.ecrire_csv, "xlsx": formats.ecrire_xlsx, "ods": formats.ecrire_ods}


def _pointe(ecrire, chemin, nombre):
    """Bytes at the highest, while `nombre` rows of 2 KB are written."""
    lignes = ([f"CAN-{rang}", "L’eau, le sol. " * 130, rang] for rang in range(nombre))
    feuille = Feuille("Candidatures", ["Référence", "Texte", "Rang"], lignes)
    tracemalloc.start()
    try:
        ecrire(str(chemin), [feuille])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("format", sorted(ECRIRE))
def test_dix_fois_plus_de_lignes_ne_prennent_pas_plus_de_memoire(tmp_path, format):
    ecrire, chemin = ECRIRE[format], tmp_path / f"export.{format}"
    _pointe(ecrire, chemin, 20)  # what the first writing loads once
    assert _pointe(ecrire, chemin, 2_000) < 1.5 * _pointe(ecrire, chemin, 200)
