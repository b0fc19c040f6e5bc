"""Every address × every role, written by hand: who gets which HTTP status.

    "candidatures:detail": avec(connectes(404, dgaln=200, ddt=200), objet="candidature"),
    "candidatures:deposer": avec(
        connectes(404, ddt=302, dgaln=403), objet="candidature", methode="POST"
    ),

Each app writes its lines in `tests/matrices/urls_<app>.py` (a dict `LIGNES`). An address that
no line names fails the suite; so does a line that names no address.
"""

import importlib
from pathlib import Path

from tests.matrices.lignes import CONNEXION, avec, connectes, tous

__all__ = ["MATRICE", "avec", "connectes", "tous"]

LIGNES = {
    # 200 when a worker and beat run; here none does.
    "sante": tous(503),
    "administration": connectes(CONNEXION),
}


def _rassembler():
    matrice = dict(LIGNES)
    dossier = Path(__file__).parent
    for fichier in sorted([*dossier.glob("decor_*.py"), *dossier.glob("urls_*.py")]):
        module = importlib.import_module(f"tests.matrices.{fichier.stem}")
        for nom, ligne in getattr(module, "LIGNES", {}).items():
            assert nom not in matrice, f"{nom} est écrit deux fois"
            matrice[nom] = ligne
    return matrice


MATRICE = _rassembler()
