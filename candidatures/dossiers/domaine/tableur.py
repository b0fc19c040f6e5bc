"""Read a table typed elsewhere: CSV, XLSX or ODS, as rows of texts."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

from socle.erreurs import ErreurMetier

LIGNES_MAX = 1000
COLONNES_MAX = 60
TAILLE_MAX = 2 * 1024 * 1024
DEPLOYE_MAX = 40 * 1024 * 1024
# PDF, PostScript, RTF, HTML, JSON or XML: some of their bytes would pass for lines of a CSV.
AUTRES = (b"%PDF", b"%!PS", b"{\\rtf", b"<", b"{")
ILLISIBLE = "Ce fichier n’est pas un tableau lisible : enregistrez-le en CSV, XLSX ou ODS."


def lire(octets: bytes) -> list[list[str]]:
    """Rows of trimmed texts, dates as AAAA-MM-JJ. Empty rows are kept: they keep the numbers."""
    if len(octets) > TAILLE_MAX:
        raise ErreurMetier("Ce fichier dépasse 2\u00a0Mo.")
    if not octets.startswith(b"PK\x03\x04"):
        return _borner(_csv(octets))
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > DEPLOYE_MAX:
                raise ErreurMetier("Ce fichier est trop grand une fois décompressé.")
            noms = set(archive.namelist())
        return _borner(_xlsx(octets) if "xl/workbook.xml" in noms else _ods(octets))
    except ErreurMetier:
        raise
    except Exception:
        raise ErreurMetier(ILLISIBLE) from None


def _borner(lignes: list[list[str]]) -> list[list[str]]:
    for ligne in lignes:
        while ligne and not ligne[-1]:
            ligne.pop()
    while lignes and not lignes[-1]:
        lignes.pop()
    if len(lignes) > LIGNES_MAX + 1:
        raise ErreurMetier(f"Importez au plus {LIGNES_MAX} lignes à la fois.")
    return lignes


def _texte(valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, datetime | date):
        return valeur.strftime("%Y-%m-%d")
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    return str(valeur).strip()


def _csv(octets: bytes) -> list[list[str]]:
    if b"\x00" in octets or octets.startswith(AUTRES):
        raise ErreurMetier(ILLISIBLE)
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", "replace")
    premiere = texte.partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        return [[_texte(c) for c in ligne[:COLONNES_MAX]] for ligne in lecteur]
    except csv.Error:
        raise ErreurMetier(ILLISIBLE) from None


def _xlsx(octets: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    classeur = load_workbook(io.BytesIO(octets), read_only=True, data_only=True)
    feuille = classeur.worksheets[0]
    lignes = feuille.iter_rows(max_row=LIGNES_MAX + 2, max_col=COLONNES_MAX, values_only=True)
    return [[_texte(c) for c in ligne] for ligne in lignes]


def _ods(octets: bytes) -> list[list[str]]:
    from odf import teletype
    from odf.opendocument import load
    from odf.table import Table, TableCell, TableRow

    feuille = load(io.BytesIO(octets)).spreadsheet.getElementsByType(Table)[0]
    lignes: list[list[str]] = []
    for rangee in feuille.getElementsByType(TableRow):
        cellules: list[str] = []
        for cellule in rangee.getElementsByType(TableCell):
            valeur = cellule.getAttribute("datevalue") or teletype.extractText(cellule)
            fois = min(int(cellule.getAttribute("numbercolumnsrepeated") or 1), COLONNES_MAX)
            cellules += [_texte(valeur)[:100_000]] * fois
        fois = int(rangee.getAttribute("numberrowsrepeated") or 1)
        vides = fois > 1 and not any(cellules)
        copies = 1 if vides else min(fois, LIGNES_MAX)
        lignes += [list(cellules[:COLONNES_MAX]) for _ in range(copies)]
        if len(lignes) > LIGNES_MAX + 1:
            break
    return lignes
