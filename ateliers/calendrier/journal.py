from socle.journal.catalogue import declarer

RETENU = declarer("calendrier.retenu", "a retenu un calendrier proposé ({nombre} séances)")
INDISPONIBLE = declarer("calendrier.indisponible", "a déclaré une indisponibilité")
DISPONIBLE = declarer("calendrier.disponible", "a retiré une indisponibilité")
