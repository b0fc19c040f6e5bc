from socle.journal.catalogue import declarer

MESSAGE_INTERNE = declarer(
    "echange.interne", "a écrit dans le fil des services de l’État", confidentielle=True
)
MESSAGE_PORTEURS = declarer("echange.porteurs", "a écrit un message")
