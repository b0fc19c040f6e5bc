from socle.journal.catalogue import declarer

CREEE = declarer("candidature.creee", "a ouvert la candidature")
INVITE = declarer("candidature.invite", "a invité {organisme:article} à porter la candidature")
PORTEUR_RETIRE = declarer("candidature.porteur_retire", "a retiré {organisme:article} des porteurs")
REDIGEE = declarer("candidature.redigee", "a enregistré « {partie} »", regroupe="partie")
PIECE_JOINTE = declarer("candidature.piece_jointe", "a joint la pièce « {nom} »")
PIECE_REPRISE = declarer(
    "candidature.piece_reprise", "a repris une version antérieure de la pièce « {nom} »"
)
PIECE_RETIREE = declarer("candidature.piece_retiree", "a retiré la pièce « {nom} »")
DEPOSEE = declarer("candidature.deposee", "a déposé la candidature (version {version})")
COMPLETEE = declarer("candidature.completee", "a transmis les compléments (version {version})")
RETIREE = declarer("candidature.retiree", "a retiré la candidature")
COPILOTE_DESIGNE = declarer(
    "candidature.copilote_designe", "a désigné {organisme:article} copilote"
)
COPILOTE_RETIRE = declarer(
    "candidature.copilote_retire", "a retiré {organisme:article} des copilotes"
)
PILOTE_CHANGE = declarer(
    "candidature.pilote_change", "a confié le pilotage {organisme:au} (auparavant : {ancien})"
)
DREAL_CHANGEE = declarer(
    "candidature.dreal_changee",
    "a désigné {organisme:article} pour la région {region} (auparavant : {ancien})",
)
PERIMETRE_ACTUALISE = declarer(
    "candidature.perimetre_actualise",
    "a actualisé le périmètre du découpage {ancien} au découpage {nouveau}",
)
COAUTEUR_INVITE = declarer("candidature.coauteur_invite", "a invité {personne} à écrire le dossier")
COAUTEUR_RELANCE = declarer("candidature.coauteur_relance", "a renvoyé son invitation à {personne}")
COAUTEUR_ACCEPTE = declarer("candidature.coauteur_accepte", "a rejoint les auteurs du dossier")
COAUTEUR_REVOQUE = declarer("candidature.coauteur_revoque", "a retiré {personne} des auteurs")
DEPOSANT_DESIGNE = declarer("candidature.deposant", "a confié le dépôt à {qui}")
VISA_DONNE = declarer("candidature.visa", "a visé la candidature pour {organisme:article} : {avis}")
VISAS_DEMANDES = declarer(
    "candidature.visas_demandes", "a demandé les visas attendus : {organismes}"
)
MANDAT_ENREGISTRE = declarer("candidature.mandat", "a enregistré le mandat {mandant:du}")
MANDAT_RETIRE = declarer("candidature.mandat_retire", "a retiré le mandat {mandant:du}")
MAIN_PASSEE = declarer(
    "candidature.main_passee", "a confié à {vers} ce que {de} tenait sur ce dossier"
)
TRANSFEREE = declarer("candidature.transferee", "a transféré le dossier {de:du} {vers:au}")
RESTAUREE = declarer("candidature.restauree", "a repris une version antérieure {partie:de_cite}")
IMPORTEE = declarer("candidature.importee", "a importé la candidature du fichier « {fichier} »")
PIECE_REFUSEE = declarer(
    "candidature.piece_refusee", "L’analyse antivirus a écarté la pièce « {nom} »"
)
