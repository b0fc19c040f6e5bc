"""A small real PDF for the pieces of the demonstration (pikepdf; no rendering engine needed)."""

from __future__ import annotations

import io
import textwrap

import pikepdf


def lettre_pdf(objet: str, titre: str, signataire: str) -> bytes:
    """One A4 page with a few lines; the same bytes for the same words."""
    lignes = [
        objet,
        "",
        *textwrap.wrap(f"Projet : {titre}", 78),
        "",
        *textwrap.wrap(
            "Par la présente, nous confirmons notre soutien à cette candidature et notre "
            "engagement à participer à l’ensemble des séances de l’atelier.",
            78,
        ),
        "",
        *textwrap.wrap(signataire, 78),
        "",
        "Pièce fictive, jointe pour la démonstration.",
    ]
    texte = b"BT /F1 12 Tf 60 770 Td 18 TL\n"
    for ligne in lignes:
        octets = ligne.encode("cp1252", "replace")
        for special in (b"\\", b"(", b")"):
            octets = octets.replace(special, b"\\" + special)
        texte += b"(" + octets + b") Tj T*\n"
    pdf = pikepdf.Pdf.new()
    police = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(texte + b"ET")
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=police))
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()
