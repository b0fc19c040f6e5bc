"""Who signs the letters of the demonstration: invented people, one service each."""

from __future__ import annotations

from candidatures.instruction.models import Signataire

SIGNATAIRES = (
    (
        "Claire Aubry",
        "Sous-directrice de l’aménagement durable",
        "DGALN",
        "Pour le ministre et par délégation",
    ),
    (
        "Marc Lefèvre",
        "Adjoint à la sous-directrice de l’aménagement durable",
        "DGALN",
        "Pour le ministre et par délégation",
    ),
    ("Inès Carpentier", "Cheffe du bureau des territoires", "DGALN, bureau des territoires", ""),
)


def installer() -> None:
    for nom, qualite, service, delegation in SIGNATAIRES:
        Signataire.objects.get_or_create(
            nom=nom, service=service, defaults={"qualite": qualite, "delegation": delegation}
        )
