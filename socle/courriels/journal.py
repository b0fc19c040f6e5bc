from socle.journal.catalogue import declarer

LIBERE = declarer("courriel.libere", "a relu et envoyé un courriel")
ANNULE = declarer("courriel.annule", "a annulé l’envoi d’un courriel")
RENVOYE = declarer("courriel.renvoye", "a demandé un nouvel envoi d’un courriel")
