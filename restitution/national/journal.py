from socle.journal.catalogue import declarer

RENCONTRE = declarer("national.rencontre", "a enregistré la rencontre « {titre} »")
ENSEIGNEMENT = declarer("national.enseignement", "a enregistré l’enseignement « {titre} »")
PUBLICATION = declarer("national.publication", "a enregistré la publication « {titre} »")
CHAPITRE = declarer("national.chapitre", "a ajouté le carnet {atelier:de}")
CHAPITRE_RETIRE = declarer("national.chapitre_retire", "a retiré le carnet {atelier:de}")
CHAPITRE_DEPLACE = declarer("national.chapitre_deplace", "a déplacé le carnet {atelier:de}")
PUBLIEE = declarer("national.publiee", "a publié « {titre} »")
DEPUBLIEE = declarer("national.depubliee", "a retiré « {titre} » de la publication")
