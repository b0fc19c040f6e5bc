"""One SMS: 160 characters of the GSM alphabet, the address of the page whole."""

from __future__ import annotations

import unicodedata

TAILLE = 160
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
REMPLACES = {
    "’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "...",
    "œ": "oe", "Œ": "OE", "€": "euros",
}  # fmt: skip


def en_gsm(texte: str) -> str:
    """What the alphabet lacks is written without its accent, or left out."""
    resultat = []
    for lettre in unicodedata.normalize("NFC", texte):
        lettre = REMPLACES.get(lettre, " " if lettre.isspace() else lettre)
        if not set(lettre) <= GSM:
            plate = unicodedata.normalize("NFKD", lettre)
            lettre = "".join(c for c in plate if c in GSM)
        resultat.append(lettre)
    return " ".join("".join(resultat).split())


def composer(quand: str, ou: str, titre: str, adresse: str) -> str:
    """« Demain 9 h 30, Salle des fêtes : Atelier 2. https://… ». The longest parts are cut."""
    debut, fin = en_gsm(quand), f" {adresse}"
    reste = TAILLE - len(debut) - len(fin)
    for suite in (f", {en_gsm(ou)}: {en_gsm(titre)}." if ou else "", f": {en_gsm(titre)}."):
        if suite and len(suite) <= reste:
            return f"{debut}{suite}{fin}"
    titre = en_gsm(titre)[: max(reste - 6, 0)].rstrip()
    suite = f": {titre}..." if titre and reste > 12 else ""
    return f"{debut}{suite}{fin}"
