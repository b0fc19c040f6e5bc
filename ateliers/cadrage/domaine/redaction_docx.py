"""Write a frozen version, or the text in progress, as a DOCX that a service can go on editing.

Real headings with their numbering, a table of contents field already filled with links, header and
footer with page fields, tables with a repeated header row, text in French, title and author.
"""

from __future__ import annotations

import io
from copy import deepcopy

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor, Twips
from PIL import Image

from ateliers.cadrage.documents import parties, sans_departement
from socle.interface.templatetags.interface import date_courte

BLEU = RGBColor(0x00, 0x00, 0x91)
GRIS = RGBColor(0x3A, 0x3A, 0x3A)
POLICE = "Arial"
LARGEUR_TEXTE = 9411  # twentieths of a point: A4 without its two margins of 2.2 cm
NUMEROTATION = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading1"/>
<w:suff w:val="space"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading2"/>
<w:suff w:val="space"/><w:lvlText w:val="%1.%2."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>"""


def ecrire_docx(contenu: dict, *, numero: int | None, sha256: str = "", le) -> bytes:
    """The bytes of the document; without a number, of the text still being written."""
    document = Document()
    version = f"version {numero}" if numero else "document de travail"
    lues = parties(contenu)
    _proprietes(document, contenu, version, le)
    _styles(document)
    _numeroter(document)
    _pages(document, contenu, version)
    _garde(document, contenu, version, le)
    _sommaire(document, lues)
    signets = iter(range(1, 10_000))
    for partie in lues:
        _titre(document, partie.titre, 1, partie.ancre, next(signets))
        for section in partie.sections:
            _titre(document, section.titre, 2, section.ancre, next(signets))
            _section(document, section)
    if sha256:
        _empreinte(document, sha256)
    cible = io.BytesIO()
    document.save(cible)
    return cible.getvalue()


def _proprietes(document, contenu, version, le) -> None:
    proprietes = document.core_properties
    proprietes.title = contenu["titre"]
    proprietes.subject = f"Atelier des territoires, {contenu['dispositif']}"
    proprietes.author = contenu["service_pilote"]
    proprietes.last_modified_by = contenu["service_pilote"]
    proprietes.comments = version.capitalize()
    proprietes.language = "fr-FR"
    proprietes.created = proprietes.modified = le.replace(tzinfo=None, microsecond=0)


def _styles(document) -> None:
    styles = document.styles
    defauts = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    langue = defauts.find(qn("w:lang"))
    if langue is None:
        langue = OxmlElement("w:lang")
        defauts.append(langue)
    for attribut in ("w:val", "w:eastAsia"):
        langue.set(qn(attribut), "fr-FR")
    _police(styles["Normal"], 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.2
    for nom, taille, avant in (("Title", 26, 0), ("Heading 1", 16, 22), ("Heading 2", 12, 14)):
        _police(styles[nom], taille, couleur=BLEU, gras=True)
        styles[nom].paragraph_format.space_before = Pt(avant)
        styles[nom].paragraph_format.space_after = Pt(6)
        styles[nom].paragraph_format.keep_with_next = True
    for niveau in (1, 2):
        toc = styles.add_style(f"TOC {niveau}", WD_STYLE_TYPE.PARAGRAPH)
        toc.base_style = styles["Normal"]
        toc.paragraph_format.left_indent = Cm(0.7 * (niveau - 1))
        toc.paragraph_format.space_after = Pt(3)
        toc.font.bold = niveau == 1
    _police(styles["Caption"], 9, couleur=GRIS, gras=False)


def _police(style, taille, couleur=None, gras=None) -> None:
    style.font.name, style.font.size = POLICE, Pt(taille)
    polices = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribut in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        polices.attrib.pop(qn(attribut), None)
    for attribut in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        polices.set(qn(attribut), POLICE)
    if couleur is not None:
        style.font.color.rgb = couleur
    if gras is not None:
        style.font.bold = gras


def _numeroter(document) -> None:
    """Headings carry their numbers by style: a section moved in the text is numbered again."""
    numerotation = document.part.numbering_part.element
    premier = numerotation.find(qn("w:num"))
    premier.addprevious(parse_xml(NUMEROTATION))
    numerotation.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )
    for niveau, nom in enumerate(("Heading 1", "Heading 2")):
        proprietes = document.styles[nom].element.get_or_add_pPr().get_or_add_numPr()
        proprietes.get_or_add_ilvl().val = niveau
        proprietes.get_or_add_numId().val = 90


def _pages(document, contenu, version) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.4)
    section.different_first_page_header_footer = True
    tete = section.header.paragraphs[0]
    tete.text = f"Cahier des charges – {contenu['atelier']}"
    pied = section.footer.paragraphs[0]
    pied.add_run(f"{contenu['reference']}, {version} – page ")
    _champ(pied, "PAGE", "1")
    pied.add_run(" sur ")
    _champ(pied, "NUMPAGES", "1")
    for paragraphe in (tete, pied):
        for morceau in paragraphe.runs:
            morceau.font.size, morceau.font.color.rgb = Pt(8.5), GRIS


def _marque(genre: str, **attributs):
    balise = OxmlElement("w:fldChar")
    balise.set(qn("w:fldCharType"), genre)
    for cle, valeur in attributs.items():
        balise.set(qn(f"w:{cle}"), valeur)
    return balise


def _instruction(texte: str):
    balise = OxmlElement("w:instrText")
    balise.set(qn("xml:space"), "preserve")
    balise.text = f" {texte} "
    return balise


def _champ(paragraphe, code: str, valeur: str) -> None:
    """A field with its last known value."""
    paragraphe.add_run()._r.append(_marque("begin"))
    paragraphe.add_run()._r.append(_instruction(code))
    paragraphe.add_run()._r.append(_marque("separate"))
    paragraphe.add_run(valeur)
    paragraphe.add_run()._r.append(_marque("end"))


def _drapeau() -> io.BytesIO:
    image = Image.new("RGB", (300, 100), "white")
    image.paste((0x00, 0x00, 0x91), (0, 0, 100, 100))
    image.paste((0xE1, 0x00, 0x0F), (200, 0, 300, 100))
    cible = io.BytesIO()
    image.save(cible, "PNG")
    cible.seek(0)
    return cible


def _garde(document, contenu, version, le) -> None:
    dessin = document.add_paragraph().add_run().add_picture(_drapeau(), width=Cm(1.4))
    dessin._inline.docPr.set("descr", "Drapeau français")
    dessin._inline.docPr.set("title", "République française")
    marque = document.add_paragraph()
    marque.paragraph_format.space_after = Pt(2)
    nom = marque.add_run("RÉPUBLIQUE\nFRANÇAISE")
    nom.bold, nom.font.size = True, Pt(13)
    devise = document.add_paragraph().add_run("Liberté\nÉgalité\nFraternité")
    devise.italic, devise.font.size = True, Pt(8)
    surtitre = document.add_paragraph()
    surtitre.paragraph_format.space_before = Pt(120)
    texte = surtitre.add_run(f"L’Atelier des territoires – {contenu['dispositif']}")
    texte.bold, texte.font.color.rgb = True, BLEU
    titre = document.add_paragraph("Cahier des charges", style="Title")
    bordure = titre._p.get_or_add_pPr().find(qn("w:pBdr"))
    if bordure is not None:
        titre._p.pPr.remove(bordure)
    document.add_paragraph().add_run(contenu["atelier"]).font.size = Pt(15)
    for ligne in (
        f"{sans_departement(contenu['territoire'])} ({contenu['departement']})",
        f"Maîtrise d’ouvrage locale : {contenu['service_pilote']}",
        f"Porteurs : {contenu['porteurs']}",
        f"{contenu['reference']}, {version} du {date_courte(le)}",
    ):
        document.add_paragraph(ligne)
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _sommaire(document, lues) -> None:
    """A TOC field whose entries are already there; opening it in a word processor adds pages."""
    titre = document.add_paragraph()
    texte = titre.add_run("Sommaire")
    texte.bold, texte.font.size, texte.font.color.rgb = True, Pt(16), BLEU
    entrees = []
    for partie in lues:
        entrees.append((1, f"{partie.numero}. {partie.titre}", partie.ancre))
        entrees += [(2, f"{s.numero}. {s.titre}", s.ancre) for s in partie.sections]
    for rang, (niveau, libelle, ancre) in enumerate(entrees):
        paragraphe = document.add_paragraph(style=f"TOC {niveau}")
        if rang == 0:
            paragraphe.add_run()._r.append(_marque("begin", dirty="true"))
            paragraphe.add_run()._r.append(_instruction('TOC \\o "1-2" \\h \\z \\u'))
            paragraphe.add_run()._r.append(_marque("separate"))
        lien = OxmlElement("w:hyperlink")
        lien.set(qn("w:anchor"), ancre)
        lien.set(qn("w:history"), "1")
        lien.append(deepcopy(paragraphe.add_run(libelle)._r))
        paragraphe._p.remove(paragraphe.runs[-1]._r)
        paragraphe._p.append(lien)
    fin = document.add_paragraph()
    fin.add_run()._r.append(_marque("end"))
    fin.add_run().add_break(WD_BREAK.PAGE)


def _titre(document, texte, niveau, ancre, identifiant) -> None:
    titre = document.add_heading(texte, niveau)
    debut, fin = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for balise in (debut, fin):
        balise.set(qn("w:id"), str(identifiant))
    debut.set(qn("w:name"), ancre)
    titre._p.insert(1 if titre._p.pPr is not None else 0, debut)
    titre._p.append(fin)


def _section(document, section) -> None:
    for bloc in section.blocs:
        for ligne in bloc.lignes:
            document.add_paragraph(ligne, style="List Bullet" if bloc.liste else None)
    if section.tableau and section.tableau.lignes:
        _tableau(document, section.tableau)


def _tableau(document, tableau) -> None:
    legende = document.add_paragraph(tableau.titre, style="Caption")
    legende.paragraph_format.keep_with_next = True
    grille = document.add_table(rows=1, cols=len(tableau.entetes), style="Table Grid")
    balises = grille._tbl.tblPr
    for nom, valeur in (("w:tblCaption", tableau.titre), ("w:tblDescription", tableau.titre)):
        balise = OxmlElement(nom)
        balise.set(qn("w:val"), valeur)
        balises.append(balise)
    _largeurs(grille, tableau)
    tete = grille.rows[0]
    repetee = OxmlElement("w:tblHeader")
    tete._tr.get_or_add_trPr().append(repetee)
    for case, entete in zip(tete.cells, tableau.entetes, strict=True):
        case.paragraphs[0].add_run(entete).bold = True
    for ligne in tableau.lignes:
        rangee = grille.add_row()  # its cells take the widths of the columns
        rangee._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for case, texte in zip(rangee.cells, ligne, strict=True):
            case.paragraphs[0].add_run(texte)
    document.add_paragraph()


def _largeurs(grille, tableau) -> None:
    """Fixed widths, by what each column has to say: a word processor keeps them as they are."""
    grille.autofit = False
    poids = [
        min(max(22, *(len(texte) for texte in colonne)), 60)
        for colonne in zip(tableau.entetes, *tableau.lignes, strict=True)
    ]
    cumuls = [
        round(LARGEUR_TEXTE * sum(poids[: rang + 1]) / sum(poids)) for rang in range(len(poids))
    ]
    largeurs = [fin - debut for debut, fin in zip([0, *cumuls], cumuls, strict=False)]
    totale = grille._tbl.tblPr.find(qn("w:tblW"))
    totale.set(qn("w:type"), "dxa")
    totale.set(qn("w:w"), str(LARGEUR_TEXTE))
    for colonne, largeur in zip(grille.columns, largeurs, strict=True):
        colonne.width = colonne.cells[0].width = Twips(largeur)


def _empreinte(document, sha256) -> None:
    pied = document.add_paragraph()
    pied.paragraph_format.space_before = Pt(24)
    texte = pied.add_run(f"Empreinte du texte figé (SHA-256) : {sha256}")
    texte.font.size, texte.font.color.rgb = Pt(8), GRIS
