"""Acts of the cadrage that the journal knows."""

from socle.journal.catalogue import declarer

SECTION = declarer("cadrage.section", "a réécrit « {section} » dans le cahier des charges")
COMPETENCES = declarer(
    "cadrage.competences", "a fixé les compétences demandées à l’équipe : {competences}"
)
PLAN = declarer("cadrage.plan", "a {geste} « {section} » dans le cahier des charges")
SOUMIS = declarer(
    "cadrage.cahier_soumis", "a soumis aux visas la version {numero} du cahier des charges"
)
VISE = declarer("cadrage.visa_donne", "a visé la version {numero} du cahier des charges{qualite}")
REFUSE = declarer(
    "cadrage.visa_refuse", "a refusé son visa à la version {numero} du cahier des charges{qualite}"
)
ENVOYE = declarer(
    "cadrage.cahier_envoye",
    "a envoyé la version {numero} du cahier des charges : {destinataires}",
)
RELANCE = declarer(
    "cadrage.visa_relance", "a relancé le visa {service:du}, attendu depuis {jours} jours"
)
CLAUSE = declarer("cadrage.clause_publiee", "a publié la version {numero} de la clause « {titre} »")
CLAUSE_RETIREE = declarer("cadrage.clause_retiree", "a retiré la clause « {titre} »")
CLAUSE_REMISE = declarer("cadrage.clause_remise", "a remis en usage la clause « {titre} »")
DELEGATION = declarer(
    "cadrage.delegation", "a délégué son visa à {delegataire}, du {debut} au {fin}"
)
DELEGATION_FINIE = declarer("cadrage.delegation_revoquee", "a mis fin à la délégation de son visa")
TITULAIRE = declarer("cadrage.titulaire", "a désigné {personne} pour viser au nom du service")
TITULAIRE_RETIRE = declarer(
    "cadrage.titulaire_retire", "a retiré {personne} des personnes qui visent"
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
CONTRAT_CORRIGE = declarer(
    "cadrage.contrat_corrige", "a corrigé le contrat {numero}", confidentielle=True
)
CONTRAT_RETIRE = declarer(
    "cadrage.contrat_retire", "a retiré le contrat {numero}", confidentielle=True
)
EQUIPE_INVITEE = declarer("cadrage.equipe_invitee", "a invité {personne} dans l’équipe")
EQUIPE_DESINVITEE = declarer("cadrage.equipe_desinvitee", "a annulé l’invitation {personne:de}")
EQUIPE_ENTREE = declarer("cadrage.equipe_entree", "a ouvert son compte dans l’équipe")
