"""Acts of the consultation. No phrase tells what a sealed offer holds."""

from socle.journal.catalogue import declarer

REGLEMENT = declarer("marche.reglement", "a écrit le règlement de la consultation")
FIXE = declarer("marche.fixe", "a fixé le règlement de la consultation")
ROUVERT = declarer("marche.rouvert", "a rouvert le règlement de la consultation")
REPORTE = declarer("marche.reporte", "a reporté la remise des offres au {date}")
ANALYSTES = declarer("marche.analystes", "a désigné les analystes", confidentielle=True)
OFFRE = declarer("marche.offre", "a enregistré l’offre n° {numero}", confidentielle=True)
RETRAIT = declarer("marche.retrait", "a retiré l’offre n° {numero}", confidentielle=True)
OUVERTURE = declarer(
    "marche.ouverture", "a ouvert les plis ({nombre}) avec {avec}", confidentielle=True
)
FICHE = declarer("marche.fiche", "a rendu son analyse de l’offre n° {numero}", confidentielle=True)
CONSENSUS = declarer(
    "marche.consensus", "a arrêté la note de l’offre n° {numero}", confidentielle=True
)
ECARTEE = declarer("marche.ecartee", "a écarté l’offre n° {numero}", confidentielle=True)
RETENUE = declarer("marche.retenue", "a retenu l’offre n° {numero}", confidentielle=True)
LETTRES = declarer(
    "marche.lettres", "a préparé les lettres aux candidats ({nombre})", confidentielle=True
)
ENVOYEES = declarer(
    "marche.lettres_envoyees", "a envoyé les lettres aux candidats ({nombre})", confidentielle=True
)
SANS_SUITE = declarer("marche.sans_suite", "a déclaré la consultation sans suite")
