"""Reading the lists that DGALN imports: their separator, their first line, their size."""

from __future__ import annotations

import csv
import io

from socle.erreurs import ErreurMetier

LIGNES_MAX = 50_000


def rangees(texte: str, colonnes: tuple[str, ...]) -> list[dict]:
    """Rows by column name, in lower case; a sentence when the first line is another one."""
    texte = texte.lstrip("\ufeff")
    premiere = texte.split("\n", 1)[0]
    lecteur = csv.DictReader(io.StringIO(texte), delimiter=";" if ";" in premiere else ",")
    entetes = tuple((nom or "").strip().lower() for nom in lecteur.fieldnames or ())
    if entetes[: len(colonnes)] != colonnes:
        raise ErreurMetier(f"La première ligne doit être : {';'.join(colonnes)}")
    lues = [
        {(cle or "").strip().lower(): (valeur or "").strip() for cle, valeur in r.items() if cle}
        for r in lecteur
    ]
    if len(lues) > LIGNES_MAX:
        raise ErreurMetier(f"Le fichier dépasse {LIGNES_MAX} lignes.")
    return lues
