"""No name in the details, as for participants: the journal cannot be erased."""

from socle.journal.catalogue import declarer

FUSIONNEES = declarer(
    "personne.fusionnees", "a fusionné deux fiches de l’annuaire : {participations} reprises"
)
CORRIGEE = declarer("personne.corrigee", "a corrigé une fiche de l’annuaire : {champs}")
COMPTE_LIE = declarer("personne.compte_lie", "a lié une fiche de l’annuaire à un compte")
COMPTE_DELIE = declarer("personne.compte_delie", "a délié une fiche de l’annuaire de son compte")
MANDAT_CORRIGE = declarer("personne.mandat_corrige", "a corrigé un mandat : {college}")
MANDAT_OUVERT = declarer("personne.mandat_ouvert", "a ajouté un mandat : {college}")
MANDAT_TERMINE = declarer("personne.mandat_termine", "a terminé un mandat : {college}")
ORGANISME_CREE = declarer("organisme.cree", "a ajouté un organisme à l’annuaire")
ORGANISME_MODIFIE = declarer("organisme.modifie", "a corrigé un organisme de l’annuaire")
ORGANISME_SUPPRIME = declarer("organisme.supprime", "a retiré de l’annuaire un organisme vide")
ORGANISMES_FUSIONNES = declarer(
    "organisme.fusionnes", "a fusionné deux organismes de l’annuaire : {mandats} repris"
)
