from socle.journal.catalogue import declarer

LAUREATS_IMPORTES = declarer(
    "programme.laureats_importes", "a importé {nombre} lauréats de programme ({source})"
)
ZONAGES_IMPORTES = declarer(
    "programme.zonages_importes", "a importé {nombre} zonages ou risques ({source})"
)
