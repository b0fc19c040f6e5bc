"""No name in the details: a person may ask to be forgotten."""

from socle.journal.catalogue import declarer

REGLEES = declarer(
    "inscriptions.reglees", "a réglé les inscriptions à « {seance} » : {etat}, {capacite:place}"
)
DEPLACEE = declarer("inscription.etat", "a traité une demande de place à « {seance} » : {etat}")
