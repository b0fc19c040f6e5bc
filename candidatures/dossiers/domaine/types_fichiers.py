"""Tell what a file is from its bytes, not from its name nor from what the browser says."""

from __future__ import annotations

import io
import zipfile

from candidatures.appels.choix import NatureFichier

MIME_PDF = "application/pdf"
MIME_JPEG = "image/jpeg"
MIME_PNG = "image/png"
MIME_ODT = "application/vnd.oasis.opendocument.text"
MIME_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {
    MIME_PDF: ".pdf",
    MIME_JPEG: ".jpg",
    MIME_PNG: ".png",
    MIME_ODT: ".odt",
    MIME_DOCX: ".docx",
}
DEPLOYE_MAX = 300 * 1024 * 1024  # a larger archive is a bomb, not a document
ACCEPTES = "PDF, JPEG, PNG, ODT ou DOCX"
MIMES_PAR_NATURE = {
    NatureFichier.PDF: (MIME_PDF,),
    NatureFichier.IMAGE: (MIME_JPEG, MIME_PNG),
    NatureFichier.TEXTE: (MIME_ODT, MIME_DOCX),
}


def admis(natures) -> list[str]:
    """The MIME types of these kinds; of all of them when none is named."""
    voulues = [n for n in MIMES_PAR_NATURE if n in natures] or list(MIMES_PAR_NATURE)
    return [mime for nature in voulues for mime in MIMES_PAR_NATURE[nature]]


def admis_en_mots(natures) -> str:
    """« PDF, JPEG ou PNG »."""
    noms = [EXTENSIONS[mime].removeprefix(".").upper() for mime in admis(natures)]
    noms = ["JPEG" if nom == "JPG" else nom for nom in noms]
    return " ou ".join([", ".join(noms[:-1]), noms[-1]]) if len(noms) > 1 else noms[0]


def type_reel(octets: bytes) -> str | None:
    """The MIME type, or None when the file is none of those accepted."""
    if octets.startswith(b"%PDF-"):
        return MIME_PDF
    if octets.startswith(b"\xff\xd8\xff"):
        return MIME_JPEG
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return MIME_PNG
    if octets.startswith(b"PK\x03\x04"):
        return _type_archive(octets)
    return None


def _type_archive(octets: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            if sum(membre.file_size for membre in archive.infolist()) > DEPLOYE_MAX:
                return None
            noms = set(archive.namelist())
            if "mimetype" in noms and archive.getinfo("mimetype").file_size < 200:
                if archive.read("mimetype").decode("ascii", "replace").strip() == MIME_ODT:
                    return MIME_ODT
                return None
            macros = any(nom.lower().endswith("vbaproject.bin") for nom in noms)
            if not macros and "[Content_Types].xml" in noms and "word/document.xml" in noms:
                return MIME_DOCX
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError):
        return None
    return None
