"""No name in the details: the journal can't be erased, a participant can ask to be."""

from socle.journal.catalogue import declarer

OUVERT = declarer(
    "sondage.ouvert",
    "a sondé {personnes} personnes sur {creneaux} créneaux pour « {seance} »",
)
REPONDU = declarer("sondage.repondu", "a reçu une réponse au sondage {seance:de_cite}")
NOTE = declarer(
    "sondage.note", "a noté une réponse donnée par téléphone au sondage {seance:de_cite}"
)
RELANCE = declarer(
    "sondage.relance", "a relancé {personnes} personnes sans réponse pour « {seance} »"
)
PROLONGE = declarer("sondage.prolonge", "a reporté au {date} la fin du sondage {seance:de_cite}")
CLOS = declarer("sondage.clos", "a retenu le {date} pour « {seance} », à l’issue du sondage")
ANNULE = declarer("sondage.annule", "a annulé le sondage {seance:de_cite}")
ROUVERT = declarer("sondage.rouvert", "a rouvert le sondage {seance:de_cite} jusqu’au {date}")
