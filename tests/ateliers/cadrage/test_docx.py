"""The DOCX opens: its parts follow the schema's order, its columns have their widths."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from ateliers.cadrage.domaine.redaction_docx import LARGEUR_TEXTE, ecrire_docx

# The order that ECMA-376 gives to the children that we write.
ORDRES = {
    "tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption", "tblDescription"],
    "tbl": ["tblPr", "tblGrid", "tr"],
    "tr": ["trPr", "tc"],
    "tc": ["tcPr", "p"],
    "pPr": ["pStyle", "keepNext", "keepLines", "numPr", "pBdr", "spacing", "ind", "jc", "rPr"],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "lang"],
    "lvl": ["start", "numFmt", "pStyle", "suff", "lvlText", "lvlJc", "pPr"],
}
CONTENU = {
    "titre": "Cahier des charges",
    "dispositif": "Atelier local",
    "service_pilote": "DDTM de la Somme",
    "atelier": "La vallée",
    "reference": "AT-1",
    "territoire": "Beauval (Somme)",
    "departement": "Somme",
    "porteurs": "Beauval",
    "parties": [
        {
            "titre": "La mission",
            "sections": [
                {
                    "cle": "attendus",
                    "titre": "Attendus",
                    "origine": "clause",
                    "texte": "Un paragraphe.\n\n- un\n- deux",
                    "tableau": {
                        "titre": "Séances",
                        "entetes": ["Séance", "Objectif", "Durée", "Mois"],
                        "lignes": [["Atelier 1", "Comprendre " * 20, "2 jours", "mars 2027"]] * 3,
                    },
                }
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def octets():
    return ecrire_docx(CONTENU, numero=1, sha256="a" * 64, le=datetime(2026, 11, 1, tzinfo=UTC))


def nom(balise):
    return etree.QName(balise).localname


def test_les_balises_suivent_l_ordre_du_schema(octets):
    archive = zipfile.ZipFile(io.BytesIO(octets))
    fautes = []
    for partie in ("document", "styles", "numbering"):
        arbre = etree.fromstring(archive.read(f"word/{partie}.xml"))
        for balise in arbre.iter(*(qn(f"w:{parent}") for parent in ORDRES)):
            ordre = ORDRES[nom(balise)]
            rangs = [ordre.index(nom(enfant)) for enfant in balise if nom(enfant) in ordre]
            if rangs != sorted(rangs):
                fautes.append((partie, nom(balise), [nom(enfant) for enfant in balise]))
    assert fautes == []


def test_les_colonnes_ont_leur_largeur(octets):
    (tableau,) = docx.Document(io.BytesIO(octets)).tables
    grille = [int(c.get(qn("w:w"))) for c in tableau._tbl.tblGrid]
    assert sum(grille) == LARGEUR_TEXTE
    assert grille[1] == max(grille) and min(grille) > LARGEUR_TEXTE // 12
    for rangee in tableau.rows:
        assert [round(case.width.twips) for case in rangee.cells] == grille
    total = tableau._tbl.tblPr.find(qn("w:tblW"))
    assert (total.get(qn("w:type")), total.get(qn("w:w"))) == ("dxa", str(LARGEUR_TEXTE))
    assert tableau.autofit is False


def test_le_sommaire_mene_a_chaque_titre(octets):
    document = docx.Document(io.BytesIO(octets))
    liens = [lien.get(qn("w:anchor")) for lien in document.element.body.iter(qn("w:hyperlink"))]
    signets = [s.get(qn("w:name")) for s in document.element.body.iter(qn("w:bookmarkStart"))]
    assert (liens, len(liens)) == (signets, 2)
    assert document.paragraphs[-1].text.endswith("a" * 64)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice n’est pas installé")
def test_libreoffice_le_convertit(octets, tmp_path):
    (tmp_path / "cahier.docx").write_bytes(octets)
    commande = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run([*commande, tmp_path / "cahier.docx"], check=True, timeout=120)
    assert (tmp_path / "cahier.pdf").read_bytes().startswith(b"%PDF")
