"""French wording of dates and amounts for the frozen contexts (screens and PDF share them)."""

from datetime import date
from decimal import Decimal

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
INSECABLE = "\u00a0"


def en_date(jour: date | None) -> str:
    if jour is None:
        return ""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def en_mois(jour: date | None) -> str:
    return f"{MOIS[jour.month - 1]}{INSECABLE}{jour.year}" if jour else ""


def en_nombre(nombre) -> str:
    return f"{nombre:,}".replace(",", INSECABLE)


def en_euros(montant: Decimal | None) -> str:
    """« 66 595 € HT », with cents only when there are some; empty when unknown."""
    if montant is None:
        return ""
    montant = Decimal(montant)
    entier = montant == montant.to_integral_value()
    texte = f"{montant:,.0f}" if entier else f"{montant:,.2f}"
    return texte.replace(",", INSECABLE).replace(".", ",") + f"{INSECABLE}€{INSECABLE}HT"


def paragraphes(texte: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in texte.replace("\r", "").split("\n") if p.strip())
