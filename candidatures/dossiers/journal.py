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
COPILOTE_DESIGNE = declarer("candidature.copilote_designe", "a désigné {organisme} copilote")
COPILOTE_RETIRE = declarer("candidature.copilote_retire", "a retiré {organisme} des copilotes")
PILOTE_CHANGE = declarer(
    "candidature.pilote_change", "a confié le pilotage à {organisme} (auparavant : {ancien})"
)
PERIMETRE_ACTUALISE = declarer(
    "candidature.perimetre_actualise",
    "a actualisé le périmètre du découpage {ancien} au découpage {nouveau}",
)
