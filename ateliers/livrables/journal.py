"""Opening of an atelier, livrables and comptes rendus, as the journal knows them."""

from socle.journal.catalogue import declarer

OUVERT = declarer("atelier.ouvert", "a ouvert l’atelier depuis la candidature {candidature}")
ATTENDU = declarer("livrable.attendu", "a ajouté le livrable « {titre} »")
DEPOSE = declarer("livrable.depose", "a déposé la version {numero} de « {titre} »")
ACCEPTE = declarer("livrable.accepte", "a accepté « {titre} »")
REFUSE = declarer("livrable.refuse", "a demandé la reprise de « {titre} »")
CR_ECRIT = declarer("compte_rendu.ecrit", "a rédigé le compte rendu de « {seance} »")
CR_PUBLIE = declarer("compte_rendu.publie", "a publié le compte rendu de « {seance} »")
