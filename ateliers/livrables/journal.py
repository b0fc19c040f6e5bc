"""Opening of an atelier, livrables and comptes rendus, as the journal knows them."""

from socle.journal.catalogue import declarer

OUVERT = declarer("atelier.ouvert", "a ouvert l’atelier depuis la candidature {candidature}")
LIVRABLE_DEPOSE = declarer("livrable.depose", "a déposé la version {numero} {titre:de_cite}")
LIVRABLE_ACCEPTE = declarer("livrable.accepte", "a accepté « {titre} »")
LIVRABLE_REFUSE = declarer("livrable.refuse", "a demandé une reprise {titre:de_cite}")
CR_ENREGISTRE = declarer("compte_rendu.enregistre", "a enregistré le compte rendu {seance:de_cite}")
CR_PUBLIE = declarer("compte_rendu.publie", "a publié le compte rendu {seance:de_cite}")
LIVRABLE_RESERVES = declarer("livrable.reserves", "a accepté « {titre} » avec des réserves")
LIVRABLE_LEVEES = declarer("livrable.levees", "a levé les réserves sur « {titre} »")
LIVRABLE_ECHEANCE = declarer("livrable.echeance", "a fixé l’échéance {titre:de_cite} au {date}")
