"""Declared actions. What the candidates must not read is confidential."""

from socle.journal.catalogue import declarer

RECEVABLE = declarer("candidature.recevable", "a déclaré la candidature recevable")
IRRECEVABLE = declarer("candidature.irrecevable", "a déclaré la candidature irrecevable")
COMPLEMENTS_DEMANDES = declarer("candidature.complements_demandes", "a demandé des compléments")
COMPLEMENTS_REPONDUS = declarer(
    "candidature.complements_repondus", "a répondu à la demande de compléments"
)
COMPLEMENTS_PROLONGES = declarer(
    "candidature.complements_prolonges", "a donné jusqu’au {jour} pour les compléments"
)
COMPLEMENTS_RETIRES = declarer(
    "candidature.complements_retires", "a retiré la demande de compléments"
)
MISE_EN_EVALUATION = declarer("candidature.en_evaluation", "a mis la candidature en évaluation")
REORIENTEE = declarer("candidature.reorientee", "a réorienté la candidature")
REDEPOSEE = declarer("candidature.reprise", "a repris la candidature dans un autre dispositif")
DECISION_PUBLIEE = declarer("candidature.decision_publiee", "a publié la décision")
AVIS_DEMANDE = declarer("avis.demande", "a demandé l’avis {organisme:du}", confidentielle=True)
AVIS_RENDU = declarer("avis.rendu", "a rendu l’avis {organisme:du}", confidentielle=True)
EVALUATION_CONFIEE = declarer(
    "evaluation.confiee", "a confié l’évaluation du dossier à {evaluateur}", confidentielle=True
)
EVALUATION_RETIREE = declarer(
    "evaluation.retiree", "a repris l’évaluation du dossier à {evaluateur}", confidentielle=True
)
EVALUATION_DEPOSEE = declarer("evaluation.deposee", "a déposé son évaluation", confidentielle=True)
DECISION_PREPAREE = declarer("decision.preparee", "a préparé une décision", confidentielle=True)
DECISION_ABANDONNEE = declarer(
    "decision.abandonnee", "a retiré la décision préparée", confidentielle=True
)
GRILLE_MODIFIEE = declarer("appel.grille_modifiee", "a enregistré la version {numero} de la grille")
DESISTEMENT = declarer("candidature.desistement", "a constaté le désistement")
PROMUE = declarer(
    "candidature.promue", "a préparé la promotion depuis la réserve", confidentielle=True
)
LOT_FAIT = declarer("lot.fait", "a traité un lot de candidatures", confidentielle=True)
LOT_ANNULE = declarer("lot.annule", "a annulé un lot", confidentielle=True)
LOT_PUBLIE = declarer("lot.publie", "a publié un lot", confidentielle=True)
PUBLICATION = declarer("decisions.publiees", "a publié des décisions", confidentielle=True)
LETTRES_REDATEES = declarer(
    "decisions.redatees", "a daté les lettres de décision du jour", confidentielle=True
)
RECOMMENCEE = declarer(
    "candidature.recommencee", "a recommencé la candidature dans un autre appel ({nouvelle})"
)
NOMS_MASQUES = declarer(
    "aveugle.noms", "a complété les noms masqués à l’aveugle", confidentielle=True
)
DEPORT_DECLARE = declarer(
    "deport.declare", "a déclaré le déport {personne:de}", confidentielle=True
)
DEPORT_CALCULE = declarer(
    "deport.calcule", "a constaté le déport {personne:de}", confidentielle=True
)
DEPORT_LEVE = declarer("deport.leve", "a levé le déport {personne:de}", confidentielle=True)
PROFIL_ENREGISTRE = declarer(
    "evaluateur.profil", "a enregistré le profil d’évaluation", confidentielle=True
)
MANDAT_CLOS = declarer("evaluateur.mandat_clos", "a clos un mandat électif", confidentielle=True)
TIRAGE_AJUSTE = declarer("appel.tirage_ajuste", "a modifié un tirage", confidentielle=True)
PHASES_DATEES = declarer("appel.phases", "a daté les phases de l’instruction", confidentielle=True)
PHASE_ROUVERTE = declarer("appel.phase_rouverte", "a rouvert une phase", confidentielle=True)
TIRAGE_GARDE = declarer("appel.tirage", "a réparti les dossiers par tirage", confidentielle=True)
EVALUATION_REMPLACEE = declarer(
    "evaluation.remplacee",
    "a confié à {nouveau} l’évaluation confiée à {ancien}",
    confidentielle=True,
)
ETIQUETEE = declarer(
    "candidature.etiquetee", "a posé l’étiquette « {etiquette} »", confidentielle=True
)
ETIQUETTE_RETIREE = declarer(
    "candidature.etiquette_retiree", "a retiré l’étiquette « {etiquette} »", confidentielle=True
)
EVALUATEUR_INVITE = declarer(
    "evaluateur.invite", "a invité {personne} à évaluer", confidentielle=True
)
EVALUATEUR_DESINVITE = declarer(
    "evaluateur.desinvite", "a annulé l’invitation {personne:de}", confidentielle=True
)
EVALUATEUR_ENTRE = declarer(
    "evaluateur.entre", "a ouvert son compte d’évaluation", confidentielle=True
)
