"""No name in the details: a person may ask to be forgotten."""

from socle.journal.catalogue import declarer

REGLEES = declarer(
    "inscriptions.reglees", "a réglé les inscriptions à « {seance} » : {capacite} places, {etat}"
)
DEPLACEE = declarer("inscription.etat", "une inscription à « {seance} » : {etat}")
