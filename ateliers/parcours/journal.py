"""Acts on an atelier that the journal knows."""

from socle.journal.catalogue import declarer

DEMARRE = declarer("atelier.demarre", "a fait démarrer l’atelier")
EN_RESTITUTION = declarer("atelier.en_restitution", "a fait passer l’atelier en restitution")
EN_SUIVI = declarer("atelier.en_suivi", "a ouvert le suivi de l’atelier")
CLOS = declarer("atelier.clos", "a clos l’atelier")
ABANDONNE = declarer("atelier.abandonne", "a abandonné l’atelier")
PRESENTE = declarer("atelier.presente", "a mis à jour la présentation publique")
