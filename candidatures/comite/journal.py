"""Declared actions: all confidential, the candidates never read them."""

from socle.journal.catalogue import declarer


def _declarer(cle, phrase):
    return declarer(f"comite.{cle}", phrase, confidentielle=True)


CREE = _declarer("cree", "a préparé le comité")
SUPPRIME = _declarer("supprime", "a supprimé le comité préparé")
REPRIS = _declarer("repris", "a repris un dossier déjà délibéré dans un nouveau comité")
MODIFIE = _declarer("modifie", "a modifié le comité")
MEMBRE_AJOUTE = _declarer("membre_ajoute", "a ajouté un membre au comité")
MEMBRE_RETIRE = _declarer("membre_retire", "a retiré un membre du comité")
PRESENCES = _declarer("presences", "a noté les présences")
DEPORT_SEANCE = _declarer("deport", "a noté un déport en séance")
SCENARIO_GARDE = _declarer("scenario_garde", "a gardé un scénario")
SCENARIO_RETENU = _declarer("scenario_retenu", "a appliqué un scénario")
OUVERT = _declarer("ouvert", "a ouvert la séance du comité")
DELIBERE = _declarer("delibere", "a inscrit une délibération du comité")
REJETE = _declarer("rejete", "a inscrit une proposition rejetée par le comité")
REJET_RETIRE = _declarer("rejet_retire", "a retiré une proposition rejetée inscrite par erreur")
DECISIONS_PREPAREES = _declarer("decisions", "a préparé les décisions du comité")
DECISIONS_ALIGNEES = _declarer("alignees", "a aligné les décisions sur le comité")
ECART_JUSTIFIE = _declarer("ecart", "a motivé l’écart avec le comité")
CLOS = _declarer("clos", "a clos le comité et scellé le procès-verbal")
