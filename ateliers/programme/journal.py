"""Acts on the déroulé that the journal knows."""

from socle.journal.catalogue import declarer

PUBLIE = declarer("programme.publie", "a publié le déroulé {seance:de_cite}, version {numero}")
KIT = declarer("programme.kit", "a repris le kit « {kit} » pour « {seance} »")
KIT_GARDE = declarer("programme.kit_garde", "a enregistré le kit « {kit} »")
