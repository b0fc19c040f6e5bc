"""What every verb of the room does first: lock the candidature, check who instructs."""

from __future__ import annotations

from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.models import Candidature
from candidatures.instruction.droits import peut_instruire
from socle.erreurs import ActionInterdite, ConflitDeVersion


def ouvrir(candidature: Candidature, par) -> Candidature:
    """The locked row, for an agent of the DGALN."""
    if not peut_instruire(par, candidature):
        raise ActionInterdite("Seule la DGALN instruit les candidatures.")
    return verrouiller(candidature)


def verifier_revision(objet, revision: int) -> None:
    if objet.revision != revision:
        raise ConflitDeVersion(objet)
