from socle.journal.catalogue import declarer

OUVERTE = declarer("feuille.ouverte", "a ouvert la feuille de route")
VISION = declarer("feuille.vision", "a modifié la vision")
AXE = declarer("feuille.axe", "a enregistré l’axe « {titre} »")
AXE_SUPPRIME = declarer("feuille.axe_supprime", "a supprimé l’axe « {titre} »")
ACTION = declarer("feuille.action", "a enregistré l’action « {titre} »")
ACTION_SUPPRIMEE = declarer("feuille.action_supprimee", "a supprimé l’action « {titre} »")
ORDRE = declarer("feuille.ordre", "a déplacé « {titre} »")
