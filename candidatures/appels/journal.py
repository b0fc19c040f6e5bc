from socle.journal.catalogue import declarer

SESSION_CREEE = declarer("session.creee", "a créé la session nationale")
CREE = declarer("appel.cree", "a créé l’appel")
MODIFIE = declarer("appel.modifie", "a modifié l’appel")
REGLE_CHANGEE = declarer("appel.regle_changee", "a changé « {quoi} » : {avant} devient {apres}")
PUBLIE = declarer("appel.publie", "a publié l’appel")
PROLONGE = declarer("appel.prolonge", "a prolongé l’appel jusqu’au {apres}")
DUPLIQUE = declarer("appel.duplique", "a préparé l’appel à partir {modele:de_cite}")
CORRESPONDANCES = declarer(
    "appel.correspondances", "a réglé la reprise depuis Démarches simplifiées"
)
CLOS = declarer("appel.clos", "a clos l’appel")
ROUVERT = declarer("appel.rouvert", "a rouvert l’appel")
FORMULAIRE_OUVERT = declarer(
    "appel.formulaire_ouvert", "a ouvert la révision {numero} du formulaire"
)
FORMULAIRE_ABANDONNE = declarer(
    "appel.formulaire_abandonne", "a abandonné la révision du formulaire"
)
FORMULAIRE_PUBLIE = declarer(
    "appel.formulaire_publie", "a publié la version {numero} du formulaire"
)
REGLE_CREEE = declarer("regle.creee", "a créé la règle d’éligibilité « {libelle} »")
REGLE_REVISEE = declarer(
    "regle.revisee", "a révisé la règle d’éligibilité « {libelle} » (version {version})"
)
REGLE_RETIREE = declarer("regle.retiree", "a retiré la règle d’éligibilité « {libelle} »")
