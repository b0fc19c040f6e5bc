"""No name in the details, as for participants: the journal cannot be erased."""

from socle.journal.catalogue import declarer

FUSIONNEES = declarer(
    "personne.fusionnees", "a fusionné deux fiches de l’annuaire : {participations} reprises"
)
MANDAT_OUVERT = declarer("personne.mandat_ouvert", "a ajouté un mandat : {college}")
MANDAT_TERMINE = declarer("personne.mandat_termine", "a terminé un mandat : {college}")
