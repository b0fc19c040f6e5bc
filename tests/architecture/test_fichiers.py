"""No file that nobody can hold in their head, no path of a machine, no registry's address."""

import re
import subprocess

import pytest

from tests.fixtures.gabarits import RACINE

LIMITE = 400
SUFFIXES = {".py", ".html", ".css", ".js", ".txt", ".md", ".toml", ".yml"}
# Written by a tool, or a table as long as what it lists.
SANS_LIMITE = re.compile(
    r"^(requirements.*\.txt|docs/fonctions\.md|static/vendor/.*|.*/migrations/0\d+_\w+\.py)$"
)


def suivis():
    commande = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    sortie = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=True)
    chemins = [RACINE / ligne for ligne in sortie.stdout.splitlines()]
    return [chemin for chemin in chemins if chemin.suffix in SUFFIXES and chemin.is_file()]


def relatif(chemin):
    return chemin.relative_to(RACINE).as_posix()


def test_aucun_fichier_de_plus_de_400_lignes():
    longs = {
        relatif(chemin): nombre
        for chemin in suivis()
        if not SANS_LIMITE.match(relatif(chemin))
        and (nombre := len(chemin.read_text(encoding="utf-8").splitlines())) > LIMITE
    }
    assert longs == {}


def test_aucun_gabarit_de_plus_de_150_lignes():
    longs = {
        relatif(chemin): nombre
        for chemin in suivis()
        if chemin.suffix == ".html"
        and (nombre := len(chemin.read_text(encoding="utf-8").splitlines())) > 150
    }
    assert longs == {}


@pytest.mark.parametrize("liste", ["requirements", "requirements-demo", "requirements-dev"])
def test_chaque_paquet_est_fige_avec_ses_empreintes(liste):
    texte = (RACINE / f"{liste}.txt").read_text()
    paquets = re.findall(r"^[A-Za-z0-9_.\-\[\],]+==\S+ \\\n +--hash=sha256:", texte, re.M)
    lignes = [ligne for ligne in texte.splitlines() if re.match(r"[A-Za-z0-9]", ligne)]
    assert len(paquets) == len(lignes)
    assert re.findall(r"--(?:extra-)?index-url|--find-links|file:", texte) == []
