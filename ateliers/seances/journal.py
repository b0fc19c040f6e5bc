"""Acts on séances that the journal knows."""

from socle.journal.catalogue import declarer

PROGRAMMEE = declarer("seance.programmee", "a programmé « {seance} » le {date}")
REPORTEE = declarer("seance.reportee", "a reporté « {seance} » au {date}")
CORRIGEE = declarer("seance.corrigee", "a corrigé la date {seance:de_cite} : le {date}")
TENUE = declarer("seance.tenue", "a déclaré « {seance} » tenue")
ANNULEE = declarer("seance.annulee", "a annulé « {seance} »")
AJOUTEE = declarer("seance.ajoutee", "a ajouté la séance « {seance} »")
DECRITE = declarer("seance.decrite", "a précisé la séance « {seance} »")
DEROULE = declarer("seance.deroule", "a mis à jour le déroulé {seance:de_cite}")
