"""A file is what its bytes say."""

import io
import zipfile

import pytest

from candidatures.dispositifs.domaine.odt import ecrire_odt
from candidatures.dossiers.domaine.pieces import verifier_fichier
from candidatures.dossiers.domaine.types_fichiers import (
    MIME_DOCX,
    MIME_JPEG,
    MIME_ODT,
    MIME_PDF,
    MIME_PNG,
    type_reel,
)
from socle.erreurs import ErreurMetier


def archive(**fichiers) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as zip_:
        for nom, contenu in fichiers.items():
            zip_.writestr(nom.replace("__", "/"), contenu)
    return sortie.getvalue()


DOCX = io.BytesIO()
with zipfile.ZipFile(DOCX, "w") as zip_docx:
    zip_docx.writestr("[Content_Types].xml", "<Types/>")
    zip_docx.writestr("word/document.xml", "<w/>")


@pytest.mark.parametrize(
    ("octets", "attendu"),
    [
        (b"%PDF-1.7 ...", MIME_PDF),
        (b"\xff\xd8\xff\xe0", MIME_JPEG),
        (b"\x89PNG\r\n\x1a\n", MIME_PNG),
        (ecrire_odt("Titre", "# Titre"), MIME_ODT),
        (DOCX.getvalue(), MIME_DOCX),
        (archive(programme="MZ"), None),
        (archive(mimetype="application/epub+zip"), None),
        (b"PK\x03\x04 tronque", None),
        (b"<html><script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"MZ\x90", None),
    ],
)
def test_type_reel(octets, attendu):
    assert type_reel(octets) == attendu


def test_le_nom_prend_la_bonne_extension_et_perd_son_chemin():
    assert verifier_fichier("../../etc/passwd.exe", b"%PDF-1.7") == ("passwd.pdf", MIME_PDF)
    assert verifier_fichier('C:\\mes docs\\a"b<c>.PDF', b"%PDF-1.7") == ("abc.pdf", MIME_PDF)


def test_vide_et_trop_lourd_sont_refuses(settings):
    settings.TAILLE_MAX_PIECE = 1024 * 1024
    with pytest.raises(ErreurMetier, match="vide"):
        verifier_fichier("a.pdf", b"")
    with pytest.raises(ErreurMetier, match="dépasse 1"):
        verifier_fichier("a.pdf", b"%PDF-" + b"0" * 1024 * 1024)
