from socle.journal.catalogue import declarer

RELANCE = declarer("document.relance", "a relancé la fabrication du document")
