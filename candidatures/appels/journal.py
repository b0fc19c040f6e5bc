from socle.journal.catalogue import declarer

SESSION_CREEE = declarer("session.creee", "a créé la session nationale")
CREE = declarer("appel.cree", "a créé l’appel")
MODIFIE = declarer("appel.modifie", "a modifié l’appel")
PUBLIE = declarer("appel.publie", "a publié l’appel")
CLOS = declarer("appel.clos", "a clos l’appel")
ROUVERT = declarer("appel.rouvert", "a rouvert l’appel")
