"""No name in the details, as for participants: the journal cannot be erased."""

from socle.journal.catalogue import declarer

FUSIONNEES = declarer(
    "personne.fusionnees", "a fusionné deux fiches de l’annuaire : {participations} reprises"
)
MANDAT_OUVERT = declarer("personne.mandat_ouvert", "a ajouté un mandat : {college}")
MANDAT_TERMINE = declarer("personne.mandat_termine", "a terminé un mandat : {college}")
ORGANISME_CREE = declarer("organisme.cree", "a ajouté un organisme à l’annuaire")
ORGANISME_MODIFIE = declarer("organisme.modifie", "a corrigé un organisme de l’annuaire")
ORGANISME_SUPPRIME = declarer("organisme.supprime", "a retiré de l’annuaire un organisme vide")
ORGANISMES_FUSIONNES = declarer(
    "organisme.fusionnes", "a fusionné deux organismes de l’annuaire : {mandats} repris"
)
