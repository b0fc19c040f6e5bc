from socle.journal.catalogue import declarer

VALIDEE = declarer("feuille.validee", "a validé techniquement la feuille de route ({instance})")
ROUVERTE = declarer("feuille.rouverte", "a rouvert l’écriture de la feuille de route")
APPROUVEE = declarer("feuille.approuvee", "a enregistré la délibération {numero} {organisme:du}")
SIGNEE = declarer("feuille.signee", "a recueilli la signature {nom:de}, {qualite}")
SIGNATURE_RETIREE = declarer("feuille.signature_retiree", "a retiré la signature {nom:de}")
OFFICIALISEE = declarer("feuille.officialisee", "a officialisé la feuille de route")
PUBLIEE = declarer("feuille.publiee", "a publié la feuille de route")
