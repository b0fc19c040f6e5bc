"""Neither the address nor the login is written down here."""

from socle.journal.catalogue import declarer

BRANCHE = declarer("agenda.branche", "a branché son agenda")
REGLE = declarer("agenda.regle", "a choisi les calendriers à synchroniser")
SUSPENDU = declarer("agenda.suspendu", "a mis la synchronisation de son agenda en pause")
REPRIS = declarer("agenda.repris", "a repris la synchronisation de son agenda")
DEBRANCHE = declarer("agenda.debranche", "a débranché son agenda")
