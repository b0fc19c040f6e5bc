from socle.journal.catalogue import declarer

AJOUTE = declarer("lieu.ajoute", "a ajouté le lieu « {lieu} »")
MODIFIE = declarer("lieu.modifie", "a corrigé la fiche du lieu « {lieu} »")
FERME = declarer("lieu.ferme", "ne propose plus le lieu « {lieu} »")
ROUVERT = declarer("lieu.rouvert", "propose de nouveau le lieu « {lieu} »")
