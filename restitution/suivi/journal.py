from socle.journal.catalogue import declarer

AVANCEMENT = declarer("suivi.avancement", "a constaté « {titre} » : {avancement}")
POINT = declarer("suivi.point_etape", "a rendu compte du point d’étape {echeance}")
SUITE = declarer("suivi.suite", "a ajouté la suite « {titre} »")
