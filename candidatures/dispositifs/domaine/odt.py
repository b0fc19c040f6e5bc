"""Write a small, accessible OpenDocument text from a few marks (# ## - and paragraphs).

The archive is deterministic: the same text gives the same bytes, hence the same version.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MIME_ODT = "application/vnd.oasis.opendocument.text"
_EPOQUE = (2026, 1, 1, 0, 0, 0)
_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3"'
)
_ENTETE = '<?xml version="1.0" encoding="UTF-8"?>'
_STYLES = f"""{_ENTETE}<office:document-styles {_NS}><office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"
 fo:line-height="130%"/><style:text-properties fo:language="fr" fo:country="FR"
 fo:font-family="Marianne, Arial, sans-serif" fo:font-size="11pt"/></style:default-style>
<style:style style:name="Heading_20_1" style:family="paragraph"><style:text-properties
 fo:font-size="20pt" fo:font-weight="bold" fo:color="#000091"/></style:style>
<style:style style:name="Heading_20_2" style:family="paragraph"><style:paragraph-properties
 fo:margin-top="0.6cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="14pt"
 fo:font-weight="bold"/></style:style>
</office:styles></office:document-styles>"""


def _corps(texte: str) -> str:
    morceaux: list[str] = []
    liste: list[str] = []

    def fermer_liste():
        if liste:
            morceaux.append("<text:list>" + "".join(liste) + "</text:list>")
            liste.clear()

    for ligne in texte.splitlines():
        ligne = ligne.strip()
        if ligne.startswith("- "):
            contenu = escape(ligne[2:])
            liste.append(f"<text:list-item><text:p>{contenu}</text:p></text:list-item>")
            continue
        fermer_liste()
        if ligne.startswith("#"):
            niveau = len(ligne) - len(ligne.lstrip("#"))
            contenu = escape(ligne.lstrip("# "))
            morceaux.append(
                f'<text:h text:style-name="Heading_20_{niveau}" '
                f'text:outline-level="{niveau}">{contenu}</text:h>'
            )
        elif ligne:
            morceaux.append(f"<text:p>{escape(ligne)}</text:p>")
    fermer_liste()
    return "".join(morceaux)


def ecrire_odt(titre: str, texte: str) -> bytes:
    contenu = (
        f"{_ENTETE}<office:document-content {_NS}><office:body><office:text>"
        f"{_corps(texte)}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"{_ENTETE}<office:document-meta {_NS}><office:meta><dc:title>{escape(titre)}</dc:title>"
        "<dc:language>fr-FR</dc:language></office:meta></office:document-meta>"
    )
    manifeste = (
        f'{_ENTETE}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        'manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_ODT}"/>'
        + "".join(
            f'<manifest:file-entry manifest:full-path="{nom}" manifest:media-type="text/xml"/>'
            for nom in ("content.xml", "styles.xml", "meta.xml")
        )
        + "</manifest:manifest>"
    )
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _EPOQUE), MIME_ODT)
        for nom, xml in (
            ("content.xml", contenu),
            ("styles.xml", _STYLES),
            ("meta.xml", meta),
            ("META-INF/manifest.xml", manifeste),
        ):
            info = zipfile.ZipInfo(nom, _EPOQUE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, xml)
    return sortie.getvalue()
