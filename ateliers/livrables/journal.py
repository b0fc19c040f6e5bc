"""Opening of an atelier, livrables and comptes rendus, as the journal knows them."""

from socle.journal.catalogue import declarer

OUVERT = declarer("atelier.ouvert", "a ouvert l’atelier depuis la candidature {candidature}")
LIVRABLE_DEPOSE = declarer("livrable.depose", "a déposé la version {numero} de « {titre} »")
LIVRABLE_ACCEPTE = declarer("livrable.accepte", "a accepté « {titre} »")
LIVRABLE_REFUSE = declarer("livrable.refuse", "a demandé une reprise de « {titre} »")
CR_ENREGISTRE = declarer("compte_rendu.enregistre", "a enregistré le compte rendu de « {seance} »")
CR_PUBLIE = declarer("compte_rendu.publie", "a publié le compte rendu de « {seance} »")
LIVRABLE_RESERVES = declarer("livrable.reserves", "a accepté « {titre} » avec des réserves")
LIVRABLE_LEVEES = declarer("livrable.levees", "a levé les réserves sur « {titre} »")
LIVRABLE_ECHEANCE = declarer("livrable.echeance", "a fixé l’échéance de « {titre} » au {date}")
