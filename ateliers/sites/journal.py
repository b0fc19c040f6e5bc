"""Acts on hypotheses and sites that the journal knows."""

from socle.journal.catalogue import declarer

EMISE = declarer("hypothese.emise", "a émis l’hypothèse « {titre} »")
REECRITE = declarer("hypothese.reecrite", "a réécrit l’hypothèse « {titre} »")
CHANGEE = declarer("hypothese.changee", "a fait passer l’hypothèse « {titre} » à « {etat} »")
DESIGNE = declarer("site.designe", "a désigné le site démonstrateur « {nom} »")
FICHE = declarer("site.fiche", "a mis à jour la fiche du site « {nom} »")
