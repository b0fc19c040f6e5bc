"""Exports of every candidature, asked as a user asks them and made by the worker beside."""

import time

from config.banc.pages import acteurs
from socle.exports import domaine
from socle.exports.choix import EtatExport, FormatExport
from socle.exports.declaration import declaration

PATIENCE_S = 300


def exporter() -> list[dict]:
    """One line a format: `format`, `lignes`, `octets`, `secondes`. Everything that can be asked."""
    par = acteurs()["dgaln"]
    declaree = declaration("candidatures")
    demande = {
        "cle": "candidatures",
        "parametres": "",
        "colonnes": [c.cle for c in declaree.colonnes(par)],
        "options": [cle for cle, _ in declaree.options(par)],
        "par": par,
    }
    return [_suivre(domaine.demander(format=f, **demande)) for f in FormatExport.values]


def _suivre(export) -> dict:
    debut = time.monotonic()
    while export.etat in (EtatExport.DEMANDE, EtatExport.EN_COURS):
        if time.monotonic() - debut > PATIENCE_S:
            raise TimeoutError(f"L’export {export.format} n’est pas fini.")
        time.sleep(0.5)
        export.refresh_from_db()
    if export.etat != EtatExport.PRET:
        raise RuntimeError(export.erreur)
    return {
        "format": export.format,
        "lignes": export.total,
        "octets": export.taille,
        "secondes": round(time.monotonic() - debut, 1),
    }
