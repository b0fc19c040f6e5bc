"""Acts of the cadrage that the journal knows."""

from socle.journal.catalogue import declarer

SECTION = declarer("cadrage.section", "a réécrit « {section} » dans le cahier des charges")
COMPETENCES = declarer(
    "cadrage.competences", "a fixé les compétences demandées à l’équipe : {competences}"
)
VALIDE = declarer("cadrage.cahier_valide", "a validé le cahier des charges")
ROUVERT = declarer("cadrage.cahier_rouvert", "a rouvert le cahier des charges")
APPEL = declarer("cadrage.appel_equipes", "a consigné l’appel aux équipes {reference}")
EQUIPE = declarer("cadrage.equipe", "a désigné {equipe} pour animer l’atelier")
CONTRAT = declarer("cadrage.contrat", "a préparé le contrat {numero}", confidentielle=True)
NOTIFIE = declarer("cadrage.contrat_notifie", "a notifié le contrat {numero}")
AVENANT = declarer("cadrage.avenant", "a signé l’avenant n° {numero}", confidentielle=True)
BUDGET = declarer("cadrage.budget", "a inscrit au budget « {libelle} »")
BUDGET_RETIRE = declarer("cadrage.budget_retire", "a retiré du budget « {libelle} »")
ACCORD = declarer("cadrage.accord_cadre", "a inscrit l’accord-cadre {numero}")
