from socle.journal.catalogue import declarer

LIBERE = declarer("courriel.libere", "a relu et envoyé un courriel")
ANNULE = declarer("courriel.annule", "a annulé l’envoi d’un courriel")
RENVOYE = declarer("courriel.renvoye", "a demandé un nouvel envoi d’un courriel")
LOT_ENVOYE = declarer("courriels.lot_envoye", "a relu et envoyé {nombre} courriels")
LOT_ANNULE = declarer("courriels.lot_annule", "a abandonné un envoi groupé")
CORRIGE = declarer("courriel.corrige", "a corrigé un courriel avant son envoi")
