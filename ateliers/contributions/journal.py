from socle.journal.catalogue import declarer

SAISIE = declarer("contribution.saisie", "a saisi une contribution ({nature})")
MODIFIEE = declarer("contribution.modifiee", "a corrigé une contribution")
RETIREE = declarer("contribution.retiree", "a retiré une contribution")
