from socle.journal.catalogue import declarer

RETENU = declarer("calendrier.retenu", "a retenu un calendrier proposé ({nombre} séances)")
INDISPONIBLE = declarer("calendrier.indisponible", "a déclaré une indisponibilité")
DISPONIBLE = declarer("calendrier.disponible", "a retiré une indisponibilité")
ABONNE = declarer("agenda.abonne", "a créé un abonnement à son agenda")
DESABONNE = declarer("agenda.desabonne", "a révoqué un abonnement à son agenda")
