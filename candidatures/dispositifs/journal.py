from socle.journal.catalogue import declarer

LAUREATS_IMPORTES = declarer(
    "programme.laureats_importes", "a importé {nombre} lauréats de programme ({source})"
)
