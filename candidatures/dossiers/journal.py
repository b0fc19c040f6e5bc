from socle.journal.catalogue import declarer

CREEE = declarer("candidature.creee", "a ouvert la candidature")
INVITE = declarer("candidature.invite", "a invité {organisme} à porter la candidature")
PORTEUR_RETIRE = declarer("candidature.porteur_retire", "a retiré {organisme} des porteurs")
REDIGEE = declarer("candidature.redigee", "a enregistré « {partie} »")
PIECE_JOINTE = declarer("candidature.piece_jointe", "a joint la pièce « {nom} »")
PIECE_RETIREE = declarer("candidature.piece_retiree", "a retiré la pièce « {nom} »")
DEPOSEE = declarer("candidature.deposee", "a déposé la candidature (version {version})")
COMPLETEE = declarer("candidature.completee", "a transmis les compléments (version {version})")
RETIREE = declarer("candidature.retiree", "a retiré la candidature")
