from socle.journal.catalogue import declarer

SAISIE = declarer("contribution.saisie", "a saisi une contribution ({nature})")
MODIFIEE = declarer("contribution.modifiee", "a corrigé une contribution")
PHOTO_NOMMEE = declarer("contribution.photo_nommee", "a nommé les personnes d’une photo : {nombre}")
RETIREE = declarer("contribution.retiree", "a retiré une contribution")
