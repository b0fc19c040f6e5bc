"""The séquences with their visits: those of today, and those of a frozen version read back."""

from __future__ import annotations

from datetime import time

from ateliers.programme.domaine.photographie import TEXTES, visites_de
from ateliers.programme.models import Arret, Visite
from ateliers.seances.models import Sequence


def du_jour(seance) -> list[Sequence]:
    """The working text, each séquence with its `visite` (or None) and its `arrets`."""
    lignes, visites = list(seance.sequences.all()), visites_de(seance)
    for ligne in lignes:
        ligne.visite = visites.get(ligne.pk)
        ligne.arrets = list(ligne.visite.arrets.all()) if ligne.visite else []
    return lignes


def relire(contenu: list[dict]) -> list[Sequence]:
    """The same, without a query.

    The road between the stops is not in a version: only hours were told to people.
    """
    lignes = []
    for ordre, s in enumerate(contenu, start=1):
        ligne = Sequence(
            ordre=ordre,
            jour=s["jour"],
            debut=time.fromisoformat(s["debut"]),
            duree_min=s["duree_min"],
            **{champ: s.get(champ, "") for champ in TEXTES},
        )
        ligne.visite, ligne.arrets = _visite(s.get("visite"))
        lignes.append(ligne)
    return lignes


def _visite(lue: dict | None) -> tuple[Visite | None, list[Arret]]:
    if lue is None:
        return None, []
    arrets = [
        Arret(ordre=rang, **a | {"arrivee": time.fromisoformat(a["arrivee"])})
        for rang, a in enumerate(lue["arrets"], start=1)
    ]
    return Visite(**{c: v for c, v in lue.items() if c != "arrets"}), arrets
