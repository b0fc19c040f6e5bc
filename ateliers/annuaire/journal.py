"""No name in the details, as for participants: the journal cannot be erased."""

from socle.journal.catalogue import declarer

FUSIONNEES = declarer(
    "personne.fusionnees", "a fusionné deux fiches de l’annuaire : {participations} reprises"
)
CORRIGEE = declarer("personne.corrigee", "a corrigé une fiche de l’annuaire")
