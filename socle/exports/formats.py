"""Write sheets to a file row by row: CSV, XLSX and ODS, in constant memory.

XLSX and ODS are zips of XML: each row goes to the compressor as it is read. A text that a
spreadsheet would take for a formula is preceded by an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone

from socle.exports.declaration import Feuille

LIMITE_CELLULE = 32_000  # a spreadsheet holds 32,767 characters in a cell
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n")
_INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TITRE_INTERDIT = re.compile(r"[\[\]:*?/\\']")


def neutraliser(texte: str) -> str:
    """« =1+1 » becomes « '=1+1 »: shown, never computed."""
    texte = _INTERDITS.sub("", texte)
    if len(texte) > LIMITE_CELLULE:
        texte = f"{texte[:LIMITE_CELLULE]} […]"
    return f"'{texte}" if texte.startswith(FORMULES) else texte


def en_clair(valeur) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, datetime):
        valeur = timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur
        return valeur.strftime("%d/%m/%Y %H:%M")
    if isinstance(valeur, date):
        return valeur.strftime("%d/%m/%Y")
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return neutraliser(str(valeur))


def _jour_tableur(valeur: date) -> date:
    """In local time without its zone: a spreadsheet knows none."""
    if isinstance(valeur, datetime) and timezone.is_aware(valeur):
        valeur = timezone.localtime(valeur).replace(tzinfo=None)
    return valeur


def _nombre(valeur) -> bool:
    return isinstance(valeur, int | float | Decimal) and not isinstance(valeur, bool)


def ecrire_csv(chemin: str, feuilles: Iterable[Feuille]) -> None:
    """The first sheet as one file; see `ecrire_csv_groupes` for several."""
    with open(chemin, "w", encoding="utf-8-sig", newline="") as sortie:  # noqa: PTH123
        _csv(sortie, next(iter(feuilles)))


def _csv(sortie, feuille: Feuille) -> None:
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow([en_clair(e) for e in feuille.entetes])
    for ligne in feuille.lignes:
        ecrivain.writerow([str(v).replace(".", ",") if _nombre(v) else en_clair(v) for v in ligne])


def ecrire_csv_groupes(archive: zipfile.ZipFile, feuilles: Iterable[Feuille]) -> None:
    for feuille in feuilles:
        with archive.open(f"{titre_feuille(feuille.titre)}.csv", "w", force_zip64=True) as brut:
            sortie = io.TextIOWrapper(brut, encoding="utf-8-sig", newline="")
            _csv(sortie, feuille)
            sortie.flush()
            sortie.detach()


def titre_feuille(titre: str) -> str:
    return _TITRE_INTERDIT.sub(" ", titre)[:31]


def _xlsx_jour(valeur: date) -> str:
    """A number of days since 1899-12-30, shown by its style: sorted and filtered as a date."""
    if isinstance(valeur, datetime):
        ecart = valeur - datetime(1899, 12, 30)
        return f'<c s="3"><v>{ecart.days + ecart.seconds / 86400:.11f}</v></c>'
    return f'<c s="2"><v>{(valeur - date(1899, 12, 30)).days}</v></c>'


def _xlsx_cellule(valeur, style: str = "") -> str:
    if valeur is None or valeur == "":
        return "<c/>"
    if _nombre(valeur):
        return f"<c><v>{valeur}</v></c>"
    if isinstance(valeur, date):
        return _xlsx_jour(_jour_tableur(valeur))
    texte = escape(en_clair(valeur))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{texte}</t></is></c>'


def ecrire_xlsx(chemin: str, feuilles: Iterable[Feuille]) -> None:
    titres = []
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for rang, feuille in enumerate(feuilles, start=1):
            titres.append(titre_feuille(feuille.titre))
            with archive.open(f"xl/worksheets/sheet{rang}.xml", "w", force_zip64=True) as sortie:
                sortie.write(_XLSX_DEBUT)
                entetes = "".join(_xlsx_cellule(e, ' s="1"') for e in feuille.entetes)
                sortie.write(f"<row>{entetes}</row>".encode())
                for ligne in feuille.lignes:
                    cellules = "".join(map(_xlsx_cellule, ligne))
                    sortie.write(f"<row>{cellules}</row>".encode())
                sortie.write(b"</sheetData></worksheet>")
        for nom, contenu in _xlsx_enveloppe(titres):
            archive.writestr(nom, contenu)


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_OOX = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XLSX_DEBUT = (
    f'{_XML}<worksheet xmlns="{_NS}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    '</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="60" width="24" customWidth="1"/></cols><sheetData>'
).encode()
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_NS}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/>'
    '<xf xfId="0" numFmtId="14" applyNumberFormat="1"/>'
    '<xf xfId="0" numFmtId="22" applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def _xlsx_enveloppe(titres: list[str]):
    rangs = range(1, len(titres) + 1)
    feuilles = "".join(
        f'<sheet name={quoteattr(t)} sheetId="{i}" r:id="rId{i}"/>'
        for i, t in zip(rangs, titres, strict=True)
    )
    liens = "".join(
        f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in rangs
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_OOX}.worksheet+xml"/>'
        for i in rangs
    )
    yield (
        "[Content_Types].xml",
        f'{_XML}<Types xmlns="{_PKG}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OOX}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OOX}.styles+xml"/>{types}</Types>',
    )
    yield (
        "_rels/.rels",
        f'{_XML}<Relationships xmlns="{_PKG}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_NS}" xmlns:r="{_REL}"><sheets>{feuilles}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_XML}<Relationships xmlns="{_PKG}/relationships">{liens}<Relationship Id="rId0" '
        f'Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "xl/styles.xml", _STYLES


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_JOUR = (
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/>'
)
_ODS_HEURE = (
    '<number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
)
_ODS_DATES = "".join(
    f'<number:date-style style:name="d{nom}">{contenu}</number:date-style>'
    f'<style:style style:name="{nom}" style:family="table-cell" style:data-style-name="d{nom}"/>'
    for nom, contenu in (("j", _ODS_JOUR), ("h", _ODS_JOUR + _ODS_HEURE))
)
_ODS_DEBUT = (
    f'{_XML}<office:document-content xmlns:office="{_ODF}:office:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" '
    f'xmlns:style="{_ODF}:style:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" '
    f'xmlns:number="{_ODF}:datastyle:1.0" '
    f'office:version="1.3"><office:automatic-styles>{_ODS_DATES}<style:style style:name="e" '
    'style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
).encode()
_MANIFESTE = (
    f'{_XML}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.3">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _ods_cellule(valeur, style: str = "") -> str:
    if valeur is None or valeur == "":
        return "<table:table-cell/>"
    if _nombre(valeur):
        return (
            f'<table:table-cell office:value-type="float" office:value="{valeur}">'
            f"<text:p>{valeur}</text:p></table:table-cell>"
        )
    if isinstance(valeur, date):
        heure = isinstance(valeur, datetime)
        jour = _jour_tableur(valeur).isoformat(**({"timespec": "seconds"} if heure else {}))
        return (
            f'<table:table-cell table:style-name="{"h" if heure else "j"}" '
            f'office:value-type="date" office:date-value="{jour}">'
            f"<text:p>{en_clair(valeur)}</text:p></table:table-cell>"
        )
    lignes = en_clair(valeur).splitlines() or [""]
    textes = "".join(f"<text:p>{escape(ligne)}</text:p>" for ligne in lignes)
    return f'<table:table-cell office:value-type="string"{style}>{textes}</table:table-cell>'


def ecrire_ods(chemin: str, feuilles: Iterable[Feuille]) -> None:
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        mime = zipfile.ZipInfo("mimetype")
        archive.writestr(mime, "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w", force_zip64=True) as sortie:
            sortie.write(_ODS_DEBUT)
            for feuille in feuilles:
                sortie.write(f"<table:table table:name={quoteattr(feuille.titre)}>".encode())
                entetes = [_ods_cellule(e, ' table:style-name="e"') for e in feuille.entetes]
                sortie.write(_ods_ligne(entetes))
                for ligne in feuille.lignes:
                    sortie.write(_ods_ligne(map(_ods_cellule, ligne)))
                sortie.write(b"</table:table>")
            sortie.write(b"</office:spreadsheet></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", _MANIFESTE)


def _ods_ligne(cellules) -> bytes:
    return f"<table:table-row>{''.join(cellules)}</table:table-row>".encode()
